using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class StartCaseRefusalTests
{
    private readonly ApiHarness _api = new();

    public static TheoryData<string, string> WrongBodies => new()
    {
        { "", "empty" },
        { "{", "not JSON (line 1, byte 2)" },
        { "{\"inputCaseID\":\"001\",}", "not JSON" },
        { "[1]", "an array" },
        { "null", "null" },
        { "\"001\"", "a string" },
        { "{}", "'inputCaseID' is missing" },
        { "{\"inputCaseID\":1}", "must be a string, not a number" },
        { "{\"inputCaseID\":null}", "must be a string, not null" },
        { "{\"inputCaseID\":\" \\t\"}", "blank" },
        { $$"""{"inputCaseID":"{{new string('x', 257)}}"}""", "257 characters" },
        { "{\"inputCaseID\":\"a\\u0000b\"}", "control character" },
        { "{\"inputCaseID\":\"a\\u0085b\"}", "control character" },
        { "{\"inputCaseID\":\"\\ud83d\"}", "surrogate" },
        { "{\"inputCaseID\":\"1\",\"\\ud83d\":1}", "not known" },
        { "{\"inputCaseID\":\"1\",\"inputCaseID\":\"2\"}", "given twice" },
        { "{\"inputCaseId\":\"1\"}", "Did you mean 'inputCaseID'?" },
        { "{\"inputCaseID\":\"1\",\"workmode\":\"agent\"}", "Did you mean 'workMode'?" },
        { "{\"inputCaseID\":\"1\",\"zebra\":1}", "The known ones are: inputCaseID, workMode" },
        { "{\"inputCaseID\":\"1\",\"workMode\":\"Agent\"}", "one of \"simulated\", \"agent\", not \"Agent\"" },
        { "{\"inputCaseID\":\"1\",\"workMode\":null}", "one of \"simulated\", \"agent\", not null" },
        { "{\"inputCaseID\":\"1\",\"onEscalation\":1}", "one of \"fail\", \"workAgain\", not 1" },
        { "{\"inputCaseID\":\"1\",\"maxAttempts\":0}", "from 1 to 20, not 0" },
        { "{\"inputCaseID\":\"1\",\"maxAttempts\":21}", "from 1 to 20, not 21" },
        { "{\"inputCaseID\":\"1\",\"maxAttempts\":1.5}", "whole number" },
        { "{\"inputCaseID\":\"1\",\"maxAttempts\":\"5\"}", "whole number" },
        { "{\"inputCaseID\":\"1\",\"agentDeadlineSeconds\":2592001}", "'agentDeadlineSeconds'" },
        { "{\"inputCaseID\":\"1\",\"agentDeadlineSeconds\":99999999999}", "'agentDeadlineSeconds'" },
        { "{\"inputCaseID\":\"1\",\"retry\":[]}", "'retry' must be an object, not an array" },
        { "{\"inputCaseID\":\"1\",\"retry\":{\"maxAttempts\":0}}", "'retry.maxAttempts'" },
        { "{\"inputCaseID\":\"1\",\"retry\":{\"firstDelaySeconds\":1e999}}", "from 0.01 to 3600" },
        { "{\"inputCaseID\":\"1\",\"retry\":{\"backoff\":0.5}}", "'retry.backoff'" },
        { "{\"inputCaseID\":\"1\",\"retry\":{\"bakoff\":2}}", "Did you mean 'backoff'?" },
        { "{\"inputCaseID\":\"1\",\"retry\":{\"backoff\":2,\"backoff\":2}}", "'retry.backoff' is given twice" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task Start_WrongBody_SaysWhatAndStartsNothing(string body, string said)
    {
        Assert.Contains(said, (await _api.PostAsync("/api/cases", body)).Refuses(400), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Started);
    }

    [Theory]
    [InlineData("\\u202Eevil", "U+202E")]
    [InlineData(" padded", "begins or ends with a blank")]
    [InlineData("padded\\u3000", "begins or ends with a blank")]
    [InlineData("a\\u200Bb", "U+200B")]
    [InlineData("a\\u200D", "U+200D")]
    [InlineData("a\\u200D b", "U+200D")]
    [InlineData("\\uFE0F", "U+FE0F")]
    [InlineData("a\\u2029b", "U+2029")]
    [InlineData("a\\uFFFE", "U+FFFE")]
    [InlineData("e\\u0301", "NFC")]
    public async Task Start_CaseIdThatLooksLikeAnother_IsRefused(string id, string said)
    {
        Assert.Contains(said, (await _api.PostAsync("/api/cases", $$"""{"inputCaseID":"{{id}}"}""")).Refuses(400), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Started);
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 ❤️‍🔥 ❤️")]
    [InlineData("می‌خواهم")]
    [InlineData("বাংলা नुक़्ता Tiếng Việt é x\u0302 한국어")]
    public async Task Start_CaseIdThatPeopleWrite_IsTaken(string id) =>
        Assert.Equal(202, (await _api.PostAsync("/api/cases", $$"""{"inputCaseID":"{{id}}"}""")).Status);

    [Theory]
    [InlineData(" padded ")]
    [InlineData("a\u202Eb")]
    [InlineData("e\u0301")]
    public async Task AnyCall_IdOfAnOldCase_FindsIt(string id)
    {
        _api.Client.Add(id, state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        Assert.Equal(200, (await _api.GetAsync($"/api/cases/{Uri.EscapeDataString(id)}")).Status);
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/cases/{Uri.EscapeDataString(id)}", null, [])).Status);
    }

    [Fact]
    public async Task Start_ManyFaults_NamesThemAll()
    {
        var response = await _api.PostAsync("/api/cases?instanceId=@x", """{"maxAttempts":0,"retry":{"backoff":"2"},"colour":"red"}""");

        response.Refuses(400);
        Assert.Equal(
            ["colour", "inputCaseID", "maxAttempts", "retry.backoff", "instanceId"],
            response.Json().GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Start_ThousandsOfFaults_NamesSome()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"p{i}\":{i}")) + "}";

        Assert.True((await _api.PostAsync("/api/cases", body)).Body.Length < 8_000);
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("%20", "blank")]
    [InlineData("@x", "'@'")]
    [InlineData(".", "URL")]
    [InlineData("..", "URL")]
    [InlineData("a%2Fb", "'/'")]
    [InlineData("a%5Cb", "'\\'")]
    [InlineData("a%23b", "'#'")]
    [InlineData("a%3Fb", "'?'")]
    [InlineData("a%2Bb", "'+'")]
    [InlineData("a%25b", "'%'")]
    [InlineData("a%0Ab", "control character")]
    [InlineData("%FF", "'%'")]
    [InlineData("%20a", "begins or ends with a blank")]
    [InlineData("a%C2%A0", "begins or ends with a blank")]
    [InlineData("a%E3%80%80", "begins or ends with a blank")]
    [InlineData("a%E2%80%AEb", "U+202E")]
    [InlineData("a%E2%81%A6b", "U+2066")]
    [InlineData("a%E2%80%8Bb", "U+200B")]
    [InlineData("a%E2%80%8Db", "U+200D")]
    [InlineData("%E2%9D%A4%EF%B8%8F", "U+FE0F")]
    [InlineData("a%C2%ADb", "U+00AD")]
    [InlineData("a%E1%85%9Fb", "U+115F")]
    [InlineData("a%E2%80%A8b", "U+2028")]
    [InlineData("a%EF%BF%BF", "U+FFFF")]
    [InlineData("a%EF%B7%90", "U+FDD0")]
    [InlineData("a%F0%9F%BF%BE", "U+1FFFE")]
    [InlineData("a%F3%A0%81%A1", "U+E0061")]
    [InlineData("e%CC%81", "NFC")]
    [InlineData("%E2%84%AB", "NFC")]
    [InlineData("%E1%84%80%E1%85%A1", "NFC")]
    public async Task Start_WrongInstanceId_SaysWhyAndStartsNothing(string id, string said)
    {
        Assert.Contains(said, (await _api.PostAsync($"/api/cases?instanceId={id}", """{"inputCaseID":"001"}""")).Refuses(400), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Started);
    }

    [Fact]
    public async Task Start_TwoInstanceIds_IsRefused() =>
        Assert.Contains("given twice", (await _api.PostAsync("/api/cases?instanceId=a&instanceId=b", """{"inputCaseID":"001"}""")).Refuses(400), StringComparison.Ordinal);

    [Theory]
    [InlineData(256, 202)]
    [InlineData(257, 400)]
    public async Task Start_LongInstanceId_IsTakenUpTo256(int length, int status) =>
        Assert.Equal(status, (await _api.PostAsync($"/api/cases?instanceId={new string('x', length)}", """{"inputCaseID":"001"}""")).Status);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Start_OtherContentType_NamesTheHeaderToSend(string contentType)
    {
        var response = await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""", ("Content-Type", contentType));

        Assert.Contains("Content-Type: application/json", response.Refuses(415), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_BodyOverTheLimit_IsRefusedWhateverItsLengthSays(bool lengthKnown)
    {
        const int limit = 64 * 1024;
        var fits = """{"inputCaseID":"001"}""".PadRight(limit);

        Assert.Equal(202, (await _api.SendAsync("POST", "/api/cases", Encoding.UTF8.GetBytes(fits), [], lengthKnown)).Status);
        Assert.Contains("65,536", (await _api.SendAsync("POST", "/api/cases", Encoding.UTF8.GetBytes(fits + " "), [], lengthKnown)).Refuses(413), StringComparison.Ordinal);
        Assert.Single(_api.Client.Started);
    }

    [Fact]
    public async Task Start_NotUtf8_IsRefused() =>
        Assert.Contains("UTF-8", (await _api.SendAsync("POST", "/api/cases", [.. "{\"inputCaseID\":\""u8, 0xFF, .. "\"}"u8], [])).Refuses(400), StringComparison.Ordinal);

    [Fact]
    public async Task Start_TooDeep_IsRefused() => (await _api.PostAsync("/api/cases", new string('[', 5000))).Refuses(400);
}
