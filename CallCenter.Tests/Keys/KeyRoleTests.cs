using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CallCenter.Tests.Keys;

/// <summary>What each role may do, and what the URIs of a 202 let their holder do.</summary>
public sealed class KeyRoleTests
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    [Theory]
    [InlineData("GET", "/api/cases", "read")]
    [InlineData("GET", "/api/health", "read")]
    [InlineData("HEAD", "/api/workflow", "read")]
    [InlineData("GET", Instances, "read")]
    [InlineData("GET", Instances + "/x", "read")]
    [InlineData("POST", "/api/cases", "agent")]
    [InlineData("POST", "/API/Cases/", "agent")]
    [InlineData("POST", "/api/cases/x/work", "agent")]
    [InlineData("POST", "/api/cases/a%2Fb/work", "agent")]
    [InlineData("POST", Instances + "/x/raiseEvent/y", "agent")]
    [InlineData("POST", "/api/cases/x/terminate", "admin")]
    [InlineData("POST", "/api/cases/x/work/../terminate", "admin")]
    [InlineData("POST", "/api/cases/x/terminate/..%2Fwork", "admin")]
    [InlineData("POST", "/api/cases//work", "admin")]
    [InlineData("DELETE", "/api/cases/x", "admin")]
    [InlineData("PUT", "/api/cases", "admin")]
    [InlineData("POST", "/api/elsewhere", "admin")]
    [InlineData("POST", Instances + "/x/terminate", "admin")]
    [InlineData("POST", Instances + "/x/suspend", "admin")]
    [InlineData("POST", Instances + "/x/resume", "admin")]
    [InlineData("POST", Instances + "/x/rewind", "admin")]
    [InlineData("POST", Instances + "/x/restart", "admin")]
    [InlineData("POST", Instances + "/x/raiseEvent/y/../../terminate", "admin")]
    [InlineData("POST", Instances + "/raiseEvent/terminate", "admin")]
    [InlineData("DELETE", Instances + "/x", "admin")]
    [InlineData("DELETE", Instances, "admin")]
    public async Task Request_OfEachRole_IsRefusedBelowTheRoleThatItNeeds(string method, string path, string needed)
    {
        await using var host = await KeyHost.StartAsync(KeyHost.Keys);
        string[] roles = ["read", "agent", "admin"];
        string[] keys = ["key-of-the-reader", "key-of-the-desk!!", "key-of-the-chief!"];
        string[] names = ["reader", "desk", "chief"];

        for (var i = 0; i < roles.Length; i++)
        {
            // As it is: HttpClient would take the dots out of the path.
            var answer = await RawAsync(host, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {keys[i]}\r\nContent-Length: 0\r\n");

            if (i < Array.IndexOf(roles, needed))
            {
                Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
                Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
                Assert.Contains($"The key '{names[i]}' has the role '{roles[i]}'. This call needs a key with the role '{needed}'.", answer, StringComparison.Ordinal);
            }
            else
            {
                Assert.DoesNotContain("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Request_UnknownOrNoKey_Answers401()
    {
        await using var host = await KeyHost.StartAsync(KeyHost.Keys);

        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/api/cases"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/api/cases", "key-of-nobody-here"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/api/cases", "KEY-OF-THE-READER"));
    }

    [Fact]
    public async Task ApiKey_BesideNamedKeys_IsTheAdministratorsAndCalledDefault()
    {
        await using var host = await KeyHost.StartAsync([.. KeyHost.Keys, "--CallCenter:ApiKey", "the-single-one-of-old"]);
        await host.StartCaseAsync("old", "the-single-one-of-old");

        Assert.Equal(HttpStatusCode.Accepted, await host.StatusAsync("POST", "/api/cases/old/terminate", "the-single-one-of-old"));
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    public async Task Start_WithAnAgentsKey_GivesUrisThatCanDoNoMoreThanTheAgent(string place)
    {
        const string desk = "key-of-the-desk!!";
        await using var host = await KeyHost.StartAsync([.. KeyHost.Keys, "--CallCenter:ApiKey", "the-single-one-of-old"]);

        var uris = place == "header" ? await host.StartCaseAsync("own", desk) : await host.StartCaseAsync("own&code=key-of-the-desk!!");

        foreach (var uri in uris.EnumerateObject().Where(property => property.Name != "id"))
            Assert.EndsWith($"code={Uri.EscapeDataString(desk)}", uri.Value.GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await host.StatusAsync("GET", Text(uris, "statusQueryGetUri")));
        foreach (var (method, name) in new[] { ("POST", "terminatePostUri"), ("POST", "rewindPostUri"), ("POST", "restartPostUri"), ("POST", "suspendPostUri"), ("POST", "resumePostUri"), ("DELETE", "purgeHistoryDeleteUri") })
            Assert.Equal((name, HttpStatusCode.Forbidden), (name, await host.StatusAsync(method, Text(uris, name))));
        Assert.Equal(HttpStatusCode.Accepted, await host.StatusAsync("POST", Text(uris, "sendEventPostUri").Replace("{eventName}", "hello", StringComparison.Ordinal), body: 1));
    }

    [Fact]
    public async Task Restart_ByAnotherAdministrator_GivesUrisWithHisOwnKey()
    {
        await using var host = await KeyHost.StartAsync([.. KeyHost.Keys, "--CallCenter:ApiKey", "the-single-one-of-old"]);
        await host.StartCaseAsync("again", "key-of-the-desk!!");
        await host.StatusAsync("POST", "/api/cases/again/terminate", "key-of-the-chief!");

        using var response = await host.SendAsync("POST", Instances + "/again/restart", "the-single-one-of-old");
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.EndsWith("?code=the-single-one-of-old", Text(body, "statusQueryGetUri"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAHostWithoutKeys_GivesUrisWithoutOne()
    {
        await using var host = await KeyHost.StartAsync();

        var uris = await host.StartCaseAsync("open", "whatever-was-sent");

        Assert.Equal($"{host.Url}runtime/webhooks/durabletask/instances/open", Text(uris, "statusQueryGetUri"));
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private static async Task<string> RawAsync(KeyHost host, string head)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{head}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return System.Text.RegularExpressions.Regex.Unescape((await reader.ReadToEndAsync()).Replace("\\u0027", "'", StringComparison.Ordinal));
    }
}
