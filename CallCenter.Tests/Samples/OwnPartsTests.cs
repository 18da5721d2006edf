using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Samples.OwnParts;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Samples;

/// <summary>Parts of one's own, on the whole program.</summary>
public sealed class OwnPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("My printer is on fire", "Completed")]
    [InlineData("No signal in the cellar", "Failed")]
    public async Task Case_OwnWorker_Decides(string caseId, string status)
    {
        await using var app = await StartAsync();
        using var http = Client(app);

        var ended = await PostAsync(http, "/api/cases", new { inputCaseID = caseId });

        Assert.Equal(status, ended.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Ticket_OwnAssignmentsAndMailer_AreUsed()
    {
        var keys = new ConcurrentBag<string>();
        await using var service = await MailServiceAsync(keys);
        await using var app = await StartAsync("--CallCenter:MailService", service.Urls.Single() + "/mails");
        using var http = Client(app);

        var ended = await PostAsync(http, "/api/tickets", new { inputCaseID = "B" });

        Assert.Equal("alex.kim@example.com", ended.GetProperty("output").GetProperty("Assignee").GetProperty("email").GetString());
        Assert.Equal(64, Assert.Single(keys).Length);
    }

    [Fact]
    public async Task Ticket_MailServiceThatIsNotThere_FailsAndNamesIt()
    {
        await using var app = await StartAsync("--CallCenter:MailService", "http://127.0.0.1:1/mails");
        using var http = Client(app);

        var ended = await PostAsync(http, "/api/tickets", new { inputCaseID = "B", retry = new { maxAttempts = 1 } });

        Assert.Contains("The mail service at http://127.0.0.1:1/mails does not answer", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<WebApplication> StartAsync(params string[] settings) => StandaloneHost.StartAsync(
        ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", "--CallCenter:Faq", "printer; password", .. settings],
        OwnParts.Create);

    private static HttpClient Client(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("Prefer", "wait=30");
        return http;
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<WebApplication> MailServiceAsync(ConcurrentBag<string> keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = builder.Build();
        service.Run(context =>
        {
            keys.Add(context.Request.Headers["Idempotency-Key"]!);
            return Task.CompletedTask;
        });
        await service.StartAsync();
        return service;
    }
}
