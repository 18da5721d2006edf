using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Samples.HelloWorld;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Samples;

/// <summary>The smallest workflow of one's own, on the whole program.</summary>
public sealed class HelloWorldTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Start_Name_IsGreeted()
    {
        await using var app = await StandaloneHost.StartAsync(
            ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None"], _ => [new HelloWorldWorkflow()]);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("Prefer", "wait=10");

        using var response = await http.PostAsJsonAsync("/api/greetings", new { name = "Kim" });

        var greeting = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("""{"text":"Hello Kim!"}""", greeting.GetProperty("output").GetRawText());
        Assert.Equal("""{"name":"Kim"}""", greeting.GetProperty("progress").GetProperty("steps")[0].GetProperty("input").GetRawText());
    }

    public void Dispose() => _folder.Dispose();
}
