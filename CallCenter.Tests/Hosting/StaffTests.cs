using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Standalone;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Mail;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>Cases of the real program that are assigned to an employee, who is told of them.</summary>
public sealed class StaffTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Case_NotifyByEmail_SendsOneWithALinkAndWaits()
    {
        await using var app = await StartAsync("--CallCenter:PublicUrl", "https://cases.example.com");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var start = await PostAsync(http);
        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        var step = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            var progress = (await http.GetFromJsonAsync<JsonElement>(new Uri("/api/cases/told", UriKind.Relative))).GetProperty("progress");
            step = progress.ValueKind == JsonValueKind.Object ? progress.GetProperty("steps")[progress.GetProperty("steps").GetArrayLength() - 1] : default;
            return step.ValueKind == JsonValueKind.Object && step.TryGetProperty("notified", out _);
        });

        Assert.True(step.GetProperty("notified").GetBoolean());
        Assert.Equal("Alex Kim", step.GetProperty("input").GetProperty("Assignee").GetProperty("name").GetString());
        var mail = new MailText(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "mail"), "*.eml"))));
        Assert.Equal("Case 001 waits for you", mail.Header("Subject"));
        Assert.Contains("https://cases.example.com/console#/cases/told", mail.Body, StringComparison.Ordinal);
        using var answer = await http.PostAsJsonAsync(new Uri("/api/cases/told/work", UriKind.Relative), new { resolved = true });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Case_NotifyWithoutPublicUrl_IsRefusedWithTheSettingsName()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var start = await PostAsync(http);

        Assert.Equal(HttpStatusCode.BadRequest, start.StatusCode);
        Assert.Contains("CallCenter:PublicUrl", await start.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var read = await http.GetAsync(new Uri("/api/cases/told", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http) => http.PostAsJsonAsync(
        new Uri("/api/cases?instanceId=told", UriKind.Relative), new { inputCaseID = "001", workMode = "agent", assign = "roster", notify = "email" });

    private Task<WebApplication> StartAsync(params string[] more) => StandaloneHost.StartAsync(
        ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", .. more], BuiltInWorkflows.Create);
}
