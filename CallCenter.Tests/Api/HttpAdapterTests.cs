using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Api;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Standalone.Http.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CallCenter.Tests.Api;

/// <summary>The way from a socket to the API and back: real Kestrel, fake runtime.</summary>
public sealed class HttpAdapterTests : IAsyncLifetime
{
    private readonly FakeClient _client = new();
    private WebApplication? _app;

    [Theory]
    [InlineData("/api/cases/a%20%22%F0%9F%98%80", 200)]
    [InlineData("http://localhost/api/cases/a%20%22%F0%9F%98%80?x=1", 200)]
    [InlineData("/api/cases/a%2520%22%F0%9F%98%80", 404)]
    [InlineData("/api/cases/x/../a%20%22%F0%9F%98%80", 404)]
    [InlineData("http://localhost?x=/api/cases/a%20%22%F0%9F%98%80", 418)]
    [InlineData("http://localhost?/api/cases/a%20%22%F0%9F%98%80", 418)]
    [InlineData("/elsewhere", 418)]
    public async Task Request_RawPath_IsDecodedOnce(string target, int status)
    {
        await StartAsync();
        _client.Add("a \"😀");

        Assert.StartsWith($"HTTP/1.1 {status} ", await SendAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Start_MakesTheStatusUriOfTheHostCalled()
    {
        await StartAsync();

        var response = await SendAsync("POST /api/cases?instanceId=b HTTP/1.1\r\nHost: localhost:1234\r\nTransfer-Encoding: chunked\r\n", "14\r\n{\"inputCaseID\":\"01\"}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 202 ", response, StringComparison.Ordinal);
        Assert.Contains("Location: http://localhost:1234/runtime/webhooks/durabletask/instances/b\r\n", response, StringComparison.Ordinal);
        Assert.Equal("01", Assert.Single(_client.Started).Input.InputCaseId);
    }

    [Fact]
    public async Task Request_Head_HasNoBody()
    {
        await StartAsync();

        Assert.EndsWith("\r\n\r\n", await SendAsync("HEAD /api/health HTTP/1.1\r\nHost: localhost\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/health", "", 401)]
    [InlineData("GET /api/health?code=wrong", "", 401)]
    [InlineData("GET /api/health?code=s%C3%A9cret", "", 200)]
    [InlineData("GET /api/health", "x-functions-key: wrong\r\n", 401)]
    [InlineData("GET /elsewhere", "", 401)]
    [InlineData("GET /openapi.json", "", 200)]
    [InlineData("GET /console/app.js", "", 418)]
    [InlineData("POST /console", "", 401)]
    [InlineData("GET /console/../elsewhere", "", 401)]
    [InlineData("GET /elsewhere/../console", "", 401)]
    public async Task Request_KeyConfigured_IsWanted(string request, string header, int status)
    {
        await StartAsync("sécret");

        var response = await SendAsync($"{request} HTTP/1.1\r\nHost: anything.example\r\n{header}");

        Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);
        if (status == 401)
            Assert.Contains("application/problem+json", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_KeyInTheHeader_IsTaken()
    {
        await StartAsync("secret");

        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync("GET /api/health HTTP/1.1\r\nHost: x\r\nX-Functions-Key: secret\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "localhost", "http://localhost", 404)]
    [InlineData("POST", "127.0.0.1:7071", "https://127.0.0.1:7071", 404)]
    [InlineData("POST", "localhost", "http://evil.example", 403)]
    [InlineData("POST", "localhost:7071", "http://localhost:8080", 403)]
    [InlineData("DELETE", "localhost", "null", 403)]
    [InlineData("GET", "localhost", "http://evil.example", 404)]
    [InlineData("GET", "evil.example", null, 403)]
    [InlineData("GET", "[::1]:7071", null, 404)]
    [InlineData("GET", "known.example", null, 404)]
    public async Task Request_FromAPageElsewhere_IsRefused(string method, string host, string? origin, int status)
    {
        await StartAsync();

        var response = await SendAsync($"{method} /api/nothing HTTP/1.1\r\nHost: {host}\r\n{(origin is null ? "" : $"Origin: {origin}\r\n")}Content-Length: 0\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    public async Task Start_OpenAddressWithoutKey_IsRefused(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        await using var app = builder.AddApiKeys().Build();

        Assert.Contains("CallCenter:ApiKey", (await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync())).Message, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task StartAsync(string? key = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["CallCenter:ApiKey"] = key;
        builder.Configuration["AllowedHosts"] = key is null ? "other.example; known.example" : null;
        _app = builder.AddProxy().AddApiKeys().Build();
        _app.UseProxy().UseBrowserGuard().UsePublicUrl().UseApiKeys();
        _app.UseCallCenterApi(new CallCenterApi(new ApiOptions { HostName = "test", Workflows = TestWorkflows.Served }), _client);
        _app.Run(context =>
        {
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        });
        await _app.StartAsync();
    }

    /// <summary>Sends bytes as they are: an HTTP client would tidy them up.</summary>
    private async Task<string> SendAsync(string head, string body = "")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(_app!.Urls.Single()).Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{head}Connection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
