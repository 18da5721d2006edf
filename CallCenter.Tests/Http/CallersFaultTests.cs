using System.Text.Json;
using System.Text.RegularExpressions;

namespace CallCenter.Tests.Http;

/// <summary>Whatever a caller does wrong is a refusal in words, whatever the path, and nothing that an operator has to look at.</summary>
public sealed partial class CallersFaultTests : IAsyncLifetime
{
    private const string Management = "/runtime/webhooks/durabletask/instances";
    private const string Head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    private const string Json = "Content-Type: application/json\r\n";

    private SocketHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await SocketHost.StartAsync();
        const string body = """{"inputCaseID":"1","workMode":"agent"}""";
        var started = await _host.SendAsync($"POST /api/cases?instanceId=waits{Head}{Json}Content-Length: {body.Length}\r\n\r\n{body}");
        Assert.StartsWith("HTTP/1.1 202 ", started, StringComparison.Ordinal);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/", 302)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/console/nothing", 404)]
    [InlineData("GET", "/runtime/nothing", 404)]
    [InlineData("GET", "/runtime/webhooks/durabletask/nothing", 404)]
    [InlineData("GET", Management + "/nobody", 404)]
    [InlineData("PUT", Management + "/waits", 404)]
    [InlineData("DELETE", Management + "/nobody", 404)]
    [InlineData("POST", Management + "/waits/rewind", 412)]
    [InlineData("DELETE", Management, 400)]
    [InlineData("POST", "/", 405)]
    [InlineData("PUT", "/console", 405)]
    [InlineData("PUT", "/api/cases", 405)]
    [InlineData("HEAD", "/nothing", 404)]
    [InlineData("OPTIONS", "*", 404)]
    [InlineData("GET", "/api/health", 200)]
    [InlineData("GET", "/console", 200)]
    [InlineData("GET", Management + "/waits", 202)]
    [InlineData("GET", "/api/health?x=\u0001", 400)]
    [InlineData("GET", Management + "/waits?x=\u0001", 400)]
    [InlineData("GET", "/api/cases#top", 400)]
    public async Task AnyCall_Answer_IsInWordsAndSafe(string method, string target, int status) =>
        await AnswersAsync(status, $"{method} {target}{Head}Content-Length: 0\r\n\r\n", method);

    [Theory]
    [InlineData("/api/cases")]
    [InlineData("/api/cases/waits/work")]
    [InlineData(Management + "/waits/raiseEvent/Any")]
    public async Task Post_ChunksThatAreNone_IsABadRequest(string path) =>
        await AnswersAsync(400, $"POST {path}{Head}{Json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n");

    [Theory]
    [InlineData("/api/cases", 70_000)]
    [InlineData("/api/cases", 40_000_000)]
    [InlineData(Management + "/waits/raiseEvent/Any", 70_000)]
    [InlineData(Management + "/waits/raiseEvent/Any", 40_000_000)]
    public async Task Post_BodyTooLarge_IsRefusedUnread(string path, int length) =>
        await AnswersAsync(413, $"POST {path}{Head}{Json}Content-Length: {length}\r\n\r\n{{");

    [Fact]
    public async Task Post_LargeEventInChunks_IsRefused() =>
        await AnswersAsync(413, $"POST {Management}/waits/raiseEvent/Any{Head}{Json}Transfer-Encoding: chunked\r\n\r\n11171\r\n\"{new string('x', 69_999)}\"\r\n0\r\n\r\n");

    [Theory]
    [InlineData("/api/cases")]
    [InlineData(Management + "/waits/raiseEvent/Any")]
    public async Task Post_BodyTooSlow_IsATimeout(string path) =>
        await AnswersAsync(408, $"POST {path}{Head}{Json}Content-Length: 20\r\n\r\n{{");

    [Fact]
    public async Task Get_LongTarget_IsTooLong() => await AnswersAsync(414, $"GET /api/cases?prefix={new string('x', 9_000)}{Head}\r\n");

    [Fact]
    public async Task Get_LongHeaders_AreTooLarge() => await AnswersAsync(431, $"GET /api/health{Head}X: {new string('x', 40_000)}\r\n\r\n");

    [Fact]
    public async Task Get_ManyHeaders_AreTooLarge() =>
        await AnswersAsync(431, $"GET /api/health{Head}{string.Concat(Enumerable.Range(0, 120).Select(i => $"X{i}: 1\r\n"))}\r\n");

    [Theory]
    [InlineData("GET /api/health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/4.0\r\nHost: localhost\r\n\r\n", 505)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405)]
    [InlineData("GET /\u00fc HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    public async Task AnyCall_ThatTheServerItselfRefuses_HasItsStatusAlone(string request, int status)
    {
        var answer = await _host.SendAsync(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_host.Log.Lines);
    }

    [Fact]
    public async Task Start_WithoutHost_NamesTheAddressThatWasCalled()
    {
        const string body = """{"inputCaseID":"1"}""";

        var answer = await _host.SendAsync($"POST /api/cases?instanceId=old HTTP/1.0\r\n{Json}Content-Length: {body.Length}\r\n\r\n{body}");

        Assert.Contains($"Location: {_host.Address.GetLeftPart(UriPartial.Authority)}/runtime/webhooks/durabletask/instances/old\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_CallerGoesInTheMiddle_IsNoError()
    {
        foreach (var path in new[] { "/api/cases", "/api/cases/waits/work", Management + "/waits/raiseEvent/Any" })
        {
            using var socket = await _host.ConnectAsync();
            await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST {path}{Head}{Json}Content-Length: 20\r\n\r\n{{"));
            socket.LingerState = new(true, 0);
        }
        // The host has noticed by the time that it answers somebody else.
        for (var i = 0; i < 20; i++)
            await AnswersAsync(200, $"GET /api/health{Head}\r\n");

        Assert.Empty(_host.Log.Lines);
    }

    private async Task AnswersAsync(int status, string request, string method = "POST")
    {
        var answer = await _host.SendAsync(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff\r\n", answer, StringComparison.Ordinal);
        Assert.Single(CacheControl().Matches(answer));
        Assert.Contains("Content-Security-Policy: default-src 'none'; ", answer, StringComparison.Ordinal);
        if (status >= 400 && method != "HEAD")
        {
            var parts = answer.Split("\r\n\r\n", 2);
            var body = JsonDocument.Parse(parts[1]).RootElement;
            // What Durable Functions answers with words of its own stays as it is there.
            if (body.ValueKind == JsonValueKind.Object && !body.TryGetProperty("Message", out _))
            {
                Assert.Contains("Content-Type: application/problem+json", parts[0], StringComparison.Ordinal);
                Assert.Equal(status, body.GetProperty("status").GetInt32());
                Assert.NotEmpty(body.GetProperty("detail").GetString()!);
            }
        }
        Assert.Empty(_host.Log.Lines);
    }

    [GeneratedRegex("\r\nCache-Control: no-(store|cache)\r\n")]
    private static partial Regex CacheControl();
}
