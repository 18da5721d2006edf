using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Keys;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Documentation;

/// <summary>The proxy of docs/outgrowing.md, as the page has it, in front of two hosts. Both are Standalone here: the new one stands for the Functions app.</summary>
public sealed partial class OutgrowingTests : IDisposable
{
    private const string Common = "common-key-of-both", OldOnly = "key-of-the-old-one";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NginxFact]
    public async Task Proxy_CasesOfBothHosts_AreReadAndAnsweredAtOneAddress()
    {
        await using var both = await Both.StartAsync(_folder.Path);
        await both.Old.StartCaseAsync("old", Common);
        await both.SendAsync("POST", "/api/cases?instanceId=new", Common, new { inputCaseID = "001", workMode = "agent" });

        foreach (var id in new[] { "old", "new" })
        {
            await Eventually.TrueAsync(async () => (await both.CaseAsync(id)).GetRawText().Contains("\"waitingFor\":\"CaseWorked\"", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.Accepted, await both.SendAsync("POST", $"/api/cases/{id}/work", Common, new { resolved = true, note = "Gelöst" }));
            await Eventually.TrueAsync(async () => (await both.CaseAsync(id)).GetProperty("runtimeStatus").GetString() == "Completed");
            Assert.Equal(HttpStatusCode.NoContent, await both.SendAsync("DELETE", $"/api/cases/{id}", Common));
            Assert.Equal(HttpStatusCode.NotFound, await both.SendAsync("GET", $"/api/cases/{id}", Common));
        }
    }

    [NginxFact]
    public async Task Proxy_NewCases_GoToTheNewHost()
    {
        await using var both = await Both.StartAsync(_folder.Path);

        await both.SendAsync("POST", "/api/cases?instanceId=new", Common, new { inputCaseID = "001", workMode = "agent" });

        Assert.Equal(HttpStatusCode.OK, await both.New.StatusAsync("GET", "/api/cases/new", Common));
        Assert.Equal(HttpStatusCode.NotFound, await both.Old.StatusAsync("GET", "/api/cases/new", Common));
    }

    /// <summary>As the Functions app does, the new host refuses the key in these URIs: 401 where it does not know it, 403 where it is good for other calls.</summary>
    [NginxFact]
    public async Task Proxy_UrisOfTheOldHost_LeadToItsCases()
    {
        await using var both = await Both.StartAsync(_folder.Path, "read");
        foreach (var (id, key) in new[] { ("unknown", OldOnly), ("other", Common) })
        {
            var uris = await both.Old.StartCaseAsync(id, key);

            Assert.Equal(HttpStatusCode.Accepted, await both.SendAsync("GET", PathOf(uris, "statusQueryGetUri")));
            Assert.Equal(HttpStatusCode.Accepted, await both.SendAsync("POST", PathOf(uris, "suspendPostUri")));
            Assert.Equal(HttpStatusCode.Accepted, await both.SendAsync("POST", PathOf(uris, "terminatePostUri")));
        }
    }

    [NginxFact]
    public async Task Proxy_WithoutAGoodKey_StaysClosed()
    {
        await using var both = await Both.StartAsync(_folder.Path);
        await both.Old.StartCaseAsync("old", Common);

        foreach (var path in new[] { "/api/cases/old", "/runtime/webhooks/durabletask/instances/old" })
            Assert.Equal(HttpStatusCode.Unauthorized, await both.SendAsync("GET", path, "wrong-key-of-nobody"));
    }

    private static string PathOf(JsonElement uris, string name) => new Uri(uris.GetProperty(name).GetString()!).PathAndQuery;

    /// <summary>The old host, the new one, and the proxy in front.</summary>
    private sealed class Both(KeyHost old, KeyHost @new, Nginx proxy) : IAsyncDisposable
    {
        public KeyHost Old => old;

        public KeyHost New => @new;

        public static async Task<Both> StartAsync(string folder, string role = "admin")
        {
            var old = await KeyHost.StartAsync([.. KeyHost.Key(0, "callers", Common, "admin"), .. KeyHost.Key(1, "more", OldOnly, "admin")]);
            var @new = await KeyHost.StartAsync(KeyHost.Key(0, "callers", Common, role));
            var page = await File.ReadAllTextAsync(System.IO.Path.Combine(Repository.Root, "docs", "outgrowing.md"));
            var servers = BlockPattern().Match(page.ReplaceLineEndings("\n")).Groups[1].Value
                .Replace("127.0.0.1:7201", old.Url.Authority, StringComparison.Ordinal)
                .Replace("127.0.0.1:7202", @new.Url.Authority, StringComparison.Ordinal);
            return new Both(old, @new, await Nginx.StartAsync(folder, servers, "127.0.0.1:7200"));
        }

        public async Task<JsonElement> CaseAsync(string id)
        {
            using var response = await proxy.Http.SendAsync(Request("GET", $"/api/cases/{id}", Common, null));
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        public async Task<HttpStatusCode> SendAsync(string method, string path, string? key = null, object? body = null)
        {
            using var response = await proxy.Http.SendAsync(Request(method, path, key, body));
            return response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await proxy.DisposeAsync();
            await old.DisposeAsync();
            await @new.DisposeAsync();
        }

        private static HttpRequestMessage Request(string method, string path, string? key, object? body)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost" + path)) { Content = body is null ? null : JsonContent.Create(body) };
            if (key is not null)
                request.Headers.Add("x-functions-key", key);
            return request;
        }
    }

    [GeneratedRegex("```nginx\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
