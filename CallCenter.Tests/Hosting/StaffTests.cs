using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Standalone;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Mail;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>Cases and tickets of the real program that are assigned to an employee, who is told of them: the table and the mails lie in its data folder.</summary>
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

    [Fact]
    public async Task Start_NoTicketYet_HasNeitherTableNorMails()
    {
        await using var app = await StartAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path, "assignments.db*"));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "mail")));
    }

    [Fact]
    public async Task Ticket_NothingConfigured_IsAssignedAndMailedInTheDataFolder()
    {
        await using var app = await StartAsync();

        var ticket = await EndAsync(app, "one");

        Assert.Equal("Case 001: opened...assigned...e-mail sent.", ticket.GetProperty("Message").GetString());
        Assert.Equal("alex.kim@example.com", ticket.GetProperty("Assignee").GetProperty("email").GetString());
        Assert.True(File.Exists(Path.Combine(_folder.Path, "assignments.db")));
        var mail = new MailText(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "mail")))));
        Assert.Contains("alex.kim@example.com", mail.Header("To"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderWithTableAndMails_OpensAgainAndGoesOn()
    {
        await using (var first = await StartAsync())
            await EndAsync(first, "one");
        await using var second = await StartAsync();

        var ticket = await EndAsync(second, "two");

        Assert.Equal("robin.silva@example.com", ticket.GetProperty("Assignee").GetProperty("email").GetString());
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder.Path, "mail")).Length);
    }

    [Fact]
    public async Task Ticket_EmployeesAndPlacesConfigured_AreUsed()
    {
        var mails = Path.Combine(_folder.Path, "elsewhere");
        await using var app = await StartAsync(
            "--CallCenter:Employees:0:Id", "a", "--CallCenter:Employees:0:Name", "Ada", "--CallCenter:Employees:0:Email", "ada@example.org",
            "--CallCenter:Assignments", $"Data Source={Path.Combine(_folder.Path, "table.db")}", "--CallCenter:Mail:Folder", mails, "--CallCenter:Tickets:Retry:MaxAttempts", "1");

        var ticket = await EndAsync(app, "one");

        Assert.Equal("""{"id":"a","name":"Ada","email":"ada@example.org"}""", ticket.GetProperty("Assignee").GetRawText());
        Assert.Single(Directory.GetFiles(mails));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "table.db")));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http) => http.PostAsJsonAsync(
        new Uri("/api/cases?instanceId=told", UriKind.Relative), new { inputCaseID = "001", workMode = "agent", assign = "roster", notify = "email" });

    private Task<WebApplication> StartAsync(params string[] more) => StandaloneHost.StartAsync(
        ["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", .. more], BuiltInWorkflows.Create);

    /// <summary>Runs a ticket to its end, and gives its output.</summary>
    private static async Task<JsonElement> EndAsync(WebApplication app, string id)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using (var start = await http.PostAsJsonAsync(new Uri($"/api/tickets?instanceId={id}", UriKind.Relative), new { inputCaseID = "001" }))
            Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        var body = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            body = await http.GetFromJsonAsync<JsonElement>(new Uri($"/api/tickets/{id}", UriKind.Relative));
            return body.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed";
        });
        Assert.Equal("Completed", body.GetProperty("runtimeStatus").GetString());
        return body.GetProperty("output");
    }
}
