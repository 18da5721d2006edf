using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Standalone;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Mail;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>Tickets on the real program: the table and the mails lie in its data folder, and do no harm there.</summary>
public sealed class TicketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
