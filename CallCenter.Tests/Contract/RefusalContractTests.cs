using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CallCenter.Tests.Contract;

/// <summary>What is refused, with what words, and that nothing was started by it.</summary>
public sealed class RefusalContractTests(ContractHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "an array")]
    [InlineData("\"001\"", "a string")]
    [InlineData("{}", "'inputCaseID' is missing")]
    [InlineData("{\"inputCaseID\":1}", "must be a string")]
    [InlineData("{\"inputCaseID\":\" \"}", "blank")]
    [InlineData("{\"inputCaseID\":\"a\\u0007b\"}", "control character")]
    [InlineData("{\"inputCaseID\":\"\\udc00\"}", "surrogate")]
    [InlineData("{\"inputCaseID\":\"a\\u202Eb\"}", "U+202E")]
    [InlineData("{\"inputCaseID\":\" padded\"}", "blank")]
    [InlineData("{\"inputCaseID\":\"e\\u0301\"}", "NFC")]
    [InlineData("{\"inputCaseID\":\"1\",\"inputCaseID\":\"1\"}", "given twice")]
    [InlineData("{\"inputcaseid\":\"1\"}", "Did you mean 'inputCaseID'?")]
    [InlineData("{\"inputCaseID\":\"1\",\"onEscalate\":\"fail\"}", "Did you mean 'onEscalation'?")]
    [InlineData("{\"inputCaseID\":\"1\",\"workMode\":\"robot\"}", "\"simulated\", \"agent\"")]
    [InlineData("{\"inputCaseID\":\"1\",\"onEscalation\":\"again\"}", "\"fail\", \"workAgain\"")]
    [InlineData("{\"inputCaseID\":\"1\",\"maxAttempts\":21}", "from 1 to 20")]
    [InlineData("{\"inputCaseID\":\"1\",\"agentDeadlineSeconds\":0}", "'agentDeadlineSeconds'")]
    [InlineData("{\"inputCaseID\":\"1\",\"retry\":3}", "must be an object")]
    [InlineData("{\"inputCaseID\":\"1\",\"retry\":{\"firstDelaySeconds\":0}}", "'retry.firstDelaySeconds'")]
    [InlineData("{\"inputCaseID\":\"1\",\"retry\":{\"backoff\":11}}", "'retry.backoff'")]
    public async Task Start_WrongBody_IsRefusedAndStartsNothing(string body, string said)
    {
        var id = Host.NewId("refused");

        Assert.Contains(said, await RefusedAsync(await Host.Api.PostAsync($"/api/cases?instanceId={id}", Json(body)), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await IsNotThereAsync(id);
    }

    [Fact]
    public async Task Start_LongCaseId_IsRefused()
    {
        var id = Host.NewId("refused");

        await RefusedAsync(await StartAsAsync(id, caseId: new string('x', 257)), HttpStatusCode.BadRequest);
        await IsNotThereAsync(id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_BodyTooLarge_IsRefusedWithOrWithoutItsLength(bool chunked)
    {
        var id = Host.NewId("refused");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/cases?instanceId={id}") { Content = Json("""{"inputCaseID":"001"}""".PadRight(64 * 1024 + 1)) };
        request.Headers.TransferEncodingChunked = chunked;

        await RefusedAsync(await Host.Api.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
        await IsNotThereAsync(id);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/vnd.case+json", HttpStatusCode.Accepted)]
    [InlineData(null, HttpStatusCode.Accepted)]
    public async Task Start_ContentType_MustBeJsonOrNone(string? contentType, HttpStatusCode status)
    {
        var id = Host.NewId("type");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"inputCaseID":"001"}"""));
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        using var response = await Host.Api.PostAsync($"/api/cases?instanceId={id}", content);

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Accepted)
            return;
        Assert.Contains("Content-Type: application/json", await RefusedAsync(response, status), StringComparison.Ordinal);
        await IsNotThereAsync(id);
    }

    [Theory]
    [InlineData("%40start", "'@'")]
    [InlineData("a%2Fb", "'/'")]
    [InlineData("a%5Cb", "'\\'")]
    [InlineData("a%23b", "'#'")]
    [InlineData("a%3Fb", "'?'")]
    [InlineData("a%2Bb", "'+'")]
    [InlineData("a%25b", "'%'")]
    [InlineData("a%09b", "control character")]
    [InlineData("a%E2%80%8Bb", "U+200B")]
    [InlineData("a%20", "blank")]
    [InlineData("e%CC%81", "NFC")]
    [InlineData("..", "URL")]
    [InlineData("%20", "blank")]
    public async Task Start_WrongInstanceId_IsRefused(string id, string said) =>
        Assert.Contains(said, await RefusedAsync(await Host.Api.PostAsync($"/api/cases?instanceId={id}", Json("""{"inputCaseID":"001"}""")), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact]
    public async Task Start_LongInstanceId_IsRefused() =>
        await RefusedAsync(await StartAsAsync(Host.NewId("long").PadRight(257, 'x')), HttpStatusCode.BadRequest);

    [Fact]
    public async Task Start_ManyFaults_NamesThemAll()
    {
        using var response = await Host.Api.PostAsync("/api/cases?instanceId=@x", Json("""{"maxAttempts":0}"""));

        var errors = (await BodyAsync(response)).GetProperty("errors").EnumerateArray();
        Assert.Equal(["inputCaseID", "maxAttempts", "instanceId"], errors.Select(error => error.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/cases/a/b/c")]
    public async Task AnyCall_UnknownPath_IsNotFound(string path)
    {
        await RefusedAsync(await Host.Api.GetAsync(path), HttpStatusCode.NotFound);
        await RefusedAsync(await Host.Api.PostAsync(path, null), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("%40entity")]
    [InlineData("a%2525b")]
    public async Task AnyCall_IdThatNoCaseCanHave_IsNotFound(string id)
    {
        await RefusedAsync(await Host.Api.GetAsync($"/api/cases/{id}"), HttpStatusCode.NotFound);
        await RefusedAsync(await Host.Api.DeleteAsync($"/api/cases/{id}"), HttpStatusCode.NotFound);
        await RefusedAsync(await AnswerToAsync(id), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("PUT", "/api/cases", "GET")]
    [InlineData("PATCH", "/api/cases/a", "DELETE")]
    [InlineData("GET", "/api/cases/a/work", "POST")]
    [InlineData("DELETE", "/api/health", "GET")]
    public async Task AnyCall_WrongMethod_NamesTheRightOnes(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await Host.Api.SendAsync(request);

        await RefusedAsync(response, HttpStatusCode.MethodNotAllowed);
        Assert.Contains(allowed, response.Content.Headers.Allow);
    }

    private Task<HttpResponseMessage> AnswerToAsync(string escapedId) => Host.Api.PostAsync($"/api/cases/{escapedId}/work", Json("""{"resolved":true}"""));
}
