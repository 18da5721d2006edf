using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Durable.Settings;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Keys;

/// <summary>What is believed of a proxy in front, and what is given out behind one.</summary>
public sealed class ProxyTests
{
    private const string PublicUrl = "--CallCenter:PublicUrl", TrustedProxies = "--CallCenter:TrustedProxies";
    private const string Management = "/runtime/webhooks/durabletask/instances/";

    [Theory]
    [InlineData("127.0.0.1:7071", 200)]
    [InlineData("localhost", 200)]
    [InlineData("[::1]:7071", 200)]
    [InlineData("public.example", 200)]
    [InlineData("a.many.example", 200)]
    [InlineData("many.example", 403)]
    [InlineData("other.example", 403)]
    public async Task AllowedHosts_Set_NeverLocksOutThisMachine(string name, int status)
    {
        foreach (var key in new[] { "", "some-key" })
        {
            await using var host = await KeyHost.StartAsync("--AllowedHosts", "public.example;*.many.example", "--CallCenter:ApiKey", key);

            using var response = await host.SendAsync("GET", "/api/health", key, headers: ("Host", name));

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(status == 200 ? "application/json" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData()]
    [InlineData(TrustedProxies, "192.0.2.1")]
    public async Task ForwardedHeaders_FromElsewhere_AreNotBelieved(params string[] settings)
    {
        await using var host = await KeyHost.StartAsync(settings);

        var uris = await host.StartCaseAsync("forged", null, ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Prefix", "/evil"));

        Assert.Equal($"{host.Url}runtime/webhooks/durabletask/instances/forged", Text(uris, "statusQueryGetUri"));
    }

    [Fact]
    public async Task ForwardedHeaders_SwitchOfTheFramework_HasNoEffect()
    {
        using var folder = new TemporaryFolder();
        await using var program = await StandaloneProgram.StartAsync(folder.Path, new Dictionary<string, string?> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/cases?instanceId=forged", UriKind.Relative)) { Content = JsonContent.Create(new { inputCaseID = "1" }) };
        request.Headers.Add("X-Forwarded-Proto", "javascript");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var response = await program.Http.SendAsync(request);

        Assert.Equal($"{program.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{Management}forged", response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task ForwardedHeaders_FromATrustedProxy_AreBelieved(string trusted)
    {
        await using var host = await KeyHost.StartAsync(TrustedProxies, trusted, "--AllowedHosts", "public.example");

        var uris = await host.StartCaseAsync("through", null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "public.example"), ("Origin", "https://public.example"));

        Assert.Equal($"https://public.example{Management}through", Text(uris, "statusQueryGetUri"));
        Assert.Equal(HttpStatusCode.Forbidden, await host.StatusAsync("GET", "/api/health", headers: ("X-Forwarded-Host", "evil.example")));
        Assert.Equal(HttpStatusCode.BadRequest, await host.StatusAsync("GET", "/api/health", headers: ("X-Forwarded-Proto", "javascript")));
    }

    [Fact]
    public async Task ForwardedFor_OfATrustedProxy_TellsCallersApart()
    {
        await using var host = await KeyHost.StartAsync(TrustedProxies, "127.0.0.1", "--CallCenter:ApiKey", "right");
        for (var i = 0; i <= 10; i++)
            await host.StatusAsync("GET", "/api/cases", "wrong", headers: ("X-Forwarded-For", "198.51.100.7, 203.0.113.1"));

        // Only what the proxy itself has seen counts: the last address.
        Assert.Equal(HttpStatusCode.TooManyRequests, await host.StatusAsync("GET", "/api/cases", "wrong", headers: ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/api/cases", "wrong", headers: ("X-Forwarded-For", "198.51.100.7")));
    }

    [Theory]
    [InlineData("https://public.example", "https://public.example")]
    [InlineData("https://public.example:8443/", "https://public.example:8443")]
    [InlineData("https://public.example/callcenter/", "https://public.example/callcenter")]
    public async Task PublicUrl_Set_RulesEveryUriThatIsGivenOut(string setting, string expected)
    {
        await using var host = await KeyHost.StartAsync(PublicUrl, setting, "--CallCenter:WorkMode", "agent");

        var uris = await host.StartCaseAsync("public", null, ("Host", "127.0.0.1"), ("X-Forwarded-Host", "evil.example"));
        using var status = await host.SendAsync("GET", Management + "public?showHistory=true");
        await host.StatusAsync("POST", "/api/cases/public/terminate");
        using var restarted = await host.SendAsync("POST", Management + "public/restart");

        foreach (var uri in uris.EnumerateObject().Where(property => property.Name != "id"))
            Assert.StartsWith($"{expected}{Management}public", uri.Value.GetString(), StringComparison.Ordinal);
        Assert.Equal($"{expected}{Management}public?showHistory=true", status.Headers.GetValues("Location").Single());
        Assert.StartsWith($"{expected}{Management}", Text(await restarted.Content.ReadFromJsonAsync<JsonElement>(), "statusQueryGetUri"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://public.example", HttpStatusCode.Accepted)]
    [InlineData("http://public.example", HttpStatusCode.Forbidden)]
    [InlineData("https://public.example:8443", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://upstream:7071", HttpStatusCode.Accepted)]
    public async Task PublicUrl_ProxyThatSendsAHostOfItsOwn_TakesTheConsolesPosts(string origin, HttpStatusCode status)
    {
        await using var host = await KeyHost.StartAsync(PublicUrl, "https://public.example/callcenter", "--CallCenter:ApiKey", "key");

        Assert.Equal(status, await host.StatusAsync("POST", "/api/cases", "key", new { inputCaseID = "001" }, ("Host", "upstream:7071"), ("Origin", origin)));
    }

    [Fact]
    public async Task PublicUrl_Set_ItsHostIsKnownWithoutAKey()
    {
        await using var host = await KeyHost.StartAsync(PublicUrl, "https://public.example");

        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("GET", "/api/health", headers: ("Host", "PUBLIC.example")));
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("GET", "/api/health"));
        Assert.Equal(HttpStatusCode.Forbidden, await host.StatusAsync("GET", "/api/health", headers: ("Host", "other.example")));
    }

    [Theory]
    [InlineData("/callcenter/api/health", "key", 200)]
    [InlineData("/api/health", "key", 200)]
    [InlineData("/CallCenter/api/health", "key", 200)]
    [InlineData("/callcenter/api/health", null, 401)]
    [InlineData("/callcenter/runtime/webhooks/durabletask/instances", "key", 200)]
    [InlineData("/callcenter/console", null, 200)]
    [InlineData("/callcenter/openapi.json", null, 200)]
    [InlineData("/callcenterx/api/health", "key", 404)]
    [InlineData("/callcenter/callcenter/api/health", "key", 404)]
    public async Task PublicUrl_WithAPath_TakesRequestsWithItAndWithoutIt(string path, string? key, int status)
    {
        await using var host = await KeyHost.StartAsync(PublicUrl, "https://public.example/callcenter", "--CallCenter:ApiKey", "key");

        Assert.Equal(status, (int)await host.StatusAsync("GET", path, key));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/callcenter")]
    [InlineData("/callcenter/")]
    public async Task PublicUrl_WithAPath_LeadsFromTheStartPageToTheConsole(string path)
    {
        await using var host = await KeyHost.StartAsync(PublicUrl, "https://public.example/callcenter", "--CallCenter:ApiKey", "key");

        using var response = await host.SendAsync("GET", path);

        Assert.Equal((HttpStatusCode.Redirect, "/callcenter/console"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task PublicUrl_WithAPath_KeepsRolesWhereTheyAre()
    {
        await using var host = await KeyHost.StartAsync([PublicUrl, "https://public.example/callcenter", .. KeyHost.Keys]);

        Assert.Equal(HttpStatusCode.NotFound, await host.StatusAsync("POST", "/callcenter/api/cases/x/work", "key-of-the-desk!!", new { resolved = true }));
        Assert.Equal(HttpStatusCode.Forbidden, await host.StatusAsync("POST", "/callcenter/api/cases/x/terminate", "key-of-the-desk!!"));
        Assert.Equal(HttpStatusCode.Forbidden, await host.StatusAsync("POST", $"/callcenter{Management}x/terminate", "key-of-the-desk!!"));
    }

    [Theory]
    [InlineData(PublicUrl, "public.example")]
    [InlineData(PublicUrl, "javascript://public.example")]
    [InlineData(PublicUrl, "https://public.example?a=1")]
    [InlineData(PublicUrl, "https://me@public.example")]
    [InlineData(PublicUrl, "https://public.example/api/v1")]
    [InlineData(TrustedProxies, "proxy.example")]
    [InlineData(TrustedProxies, "10.0.0.0/33")]
    [InlineData(TrustedProxies, "0.0.0.0/0")]
    [InlineData(TrustedProxies, "127.0.0.1 10.0.0.1")]
    public async Task Start_SettingThatCannotBeUsed_SaysWhatItMayBe(string name, string value)
    {
        var error = await Assert.ThrowsAsync<InvalidSettingException>(() => KeyHost.StartAsync(name, value));

        Assert.StartsWith($"The setting {name[2..]} is '", error.Message, StringComparison.Ordinal);
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
