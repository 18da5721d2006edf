using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class GetCaseTests
{
    private readonly ApiHarness _api = new();

    [Fact]
    public async Task Get_PendingCase_HasEveryPropertyInOrder()
    {
        _api.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Pending });

        Assert.Equal(
            """{"instanceId":"a","caseId":"001","runtimeStatus":"Pending","createdAt":"2026-01-31T08:30:00Z","lastUpdatedAt":"2026-01-31T08:31:00Z","duration":null,"input":{"inputCaseID":"001"},"progress":null,"output":null,"error":null}""",
            (await _api.GetAsync("/api/cases/a")).Json().GetRawText());
    }

    [Fact]
    public async Task Get_RuntimesJson_IsKeptAsItIs()
    {
        _api.Client.Add("a", state => state with
        {
            Input = """{ "inputCaseID" : "\u00fc \ud83d", "more": 1.0 }""",
            CustomStatus = """{"state":"?","steps":[1,{"added":"x","startedAt":"2026-01-31T08:30:00.1200000Z","later":[ ]}],"new":1e2}""",
            Output = "\"\\u00e9\"",
        });

        var body = (await _api.GetAsync("/api/cases/a")).Json();

        Assert.Equal("""{ "inputCaseID" : "\u00fc \ud83d", "more": 1.0 }""", body.GetProperty("input").GetRawText());
        Assert.Equal("1e2", body.GetProperty("progress").GetProperty("new").GetRawText());
        Assert.Equal("2026-01-31T08:30:00.1200000Z", body.GetProperty("progress").GetProperty("steps")[1].GetProperty("startedAt").GetString());
        Assert.Equal("\"\\u00e9\"", body.GetProperty("output").GetRawText());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("caseId").ValueKind);
    }

    [Fact]
    public async Task Get_NamesThatAreNoText_DoNoHarm()
    {
        const string odd = """{"\ud83d":1,"inputCaseID":"002","steps":[{"\ud83d":1}]}""";
        _api.Client.Add("a", state => state with { Input = odd, CustomStatus = odd });

        var body = (await _api.GetAsync("/api/cases/a")).Json();

        Assert.Equal(odd, body.GetProperty("input").GetRawText());
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    public async Task Get_ProgressThatIsNotOurs_IsPassed(string progress)
    {
        _api.Client.Add("a", state => state with { CustomStatus = progress });

        Assert.Equal(progress, (await _api.GetAsync("/api/cases/a")).Json().GetProperty("progress").GetRawText());
    }

    [Theory]
    [InlineData("no longer needed")]
    [InlineData("{broken")]
    [InlineData("")]
    public async Task Get_OutputThatIsNoJson_IsAString(string output)
    {
        _api.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Terminated, Output = output });

        Assert.Equal(output, (await _api.GetAsync("/api/cases/a")).Json().GetProperty("output").GetString());
    }

    [Theory]
    [InlineData("""{"error":{"type":"P","message":"p"}}""", "P")]
    [InlineData("""{"error":null}""", "R")]
    [InlineData("""{"error":{"type":7}}""", "R")]
    [InlineData(null, "R")]
    public async Task Get_FailedCase_TakesTheProcessErrorFirst(string? progress, string type)
    {
        _api.Client.Add("a", state => state with
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            CustomStatus = progress,
            Failure = new ErrorDetails("R", "r"),
        });

        Assert.Equal(type, (await _api.GetAsync("/api/cases/a")).Json().GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("@entity")]
    [InlineData("a%2Fb")]
    [InlineData("%2e%2e")]
    [InlineData("%zz")]
    public async Task Get_NoSuchCase_IsNotFound(string id) => (await _api.GetAsync("/api/cases/" + id)).Refuses(404);

    [Fact]
    public async Task Get_SameBody_HasTheSameTagAndIsNotSentAgain()
    {
        _api.Client.Add("a");
        var first = await _api.GetAsync("/api/cases/a");
        var tag = first.Header("ETag")!;

        foreach (var condition in new[] { tag, $"W/{tag}", $"\"a,b\", {tag}", "*" })
        {
            var again = await _api.GetAsync("/api/cases/a", ("If-None-Match", condition));
            Assert.Equal((304, tag), (again.Status, again.Header("ETag")));
            Assert.True(again.Body.IsEmpty);
        }

        _api.Client.Add("a", state => state with { CustomStatus = "{}" });
        var changed = await _api.GetAsync("/api/cases/a", ("If-None-Match", tag));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(tag, changed.Header("ETag"));
    }

    [Fact]
    public async Task Head_Case_IsGetWithoutBody()
    {
        _api.Client.Add("a");

        var head = await _api.SendAsync("HEAD", "/api/cases/a", null, []);

        Assert.Equal((200, (await _api.GetAsync("/api/cases/a")).Header("ETag")), (head.Status, head.Header("ETag")));
        Assert.True(head.Body.IsEmpty);
    }
}
