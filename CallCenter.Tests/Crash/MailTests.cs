using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Mail;
using CallCenter.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace CallCenter.Tests.Crash;

/// <summary>
/// The program is killed around the sending of a mail. Whatever it was at: the ticket ends, the mail was sent, all its copies are one to a mailbox
/// that compares Message-IDs, and one employee has the ticket.
/// </summary>
[Collection(CrashTestGroup.Name)]
public sealed class MailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileTheMailIsSent_SendsItAgainUnderTheSameMessageId()
    {
        await using var server = new SmtpServer { Answers = { ["."] = SmtpServer.Hang } };
        string[] settings = ["--CallCenter:Mail:Host", "127.0.0.1", "--CallCenter:Mail:Port", $"{server.Port}", "--CallCenter:Mail:Tls", "None", "--CallCenter:Mail:From", "desk@example.com"];
        await using (var program = await StandaloneProgram.StartAsync(_folder.Path, settings))
        {
            await StartAsync(program);
            // The server has it, and the program does not know.
            await Eventually.TrueAsync(() => Task.FromResult(server.Mails.Count == 1));
            program.Kill();
        }
        server.Answers.Remove(".");
        await using var next = await StandaloneProgram.StartAsync(_folder.Path, settings);

        await AuditAsync(next);

        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => new MailText(mail).Header("Message-ID")).Distinct());
    }

    [Fact]
    public async Task Kill_AsSoonAsTheMailIsThere_LeavesOneMailAndOneAssignment()
    {
        var mails = Path.Combine(_folder.Path, "mail");
        await using (var program = await StandaloneProgram.StartAsync(_folder.Path))
        {
            await StartAsync(program);
            await Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(mails) && Directory.GetFiles(mails, "*.eml").Length > 0));
            program.Kill();
        }
        await using var next = await StandaloneProgram.StartAsync(_folder.Path);

        await AuditAsync(next);

        var mail = new MailText(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(mails, "*.eml"))));
        Assert.Contains(mail.Header("X-Times-Sent"), new[] { "1", "2" });
    }

    private static async Task StartAsync(StandaloneProgram program)
    {
        using var start = await program.Http.PostAsJsonAsync(new Uri("/api/tickets?instanceId=ticket", UriKind.Relative), new { inputCaseID = "001" });
        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
    }

    private async Task AuditAsync(StandaloneProgram program)
    {
        var body = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            body = await program.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/tickets/ticket", UriKind.Relative));
            return body.HasEnded();
        });
        Assert.Equal("Case 001: opened...assigned...e-mail sent.", body.GetProperty("output").GetProperty("Message").GetString());
        await using var table = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "assignments.db")};Mode=ReadOnly;Pooling=False");
        await table.OpenAsync();
        await using var command = table.CreateCommand();
        command.CommandText = "select count(*) || ' of ' || max(employee_id) from callcenter_assignments";
        Assert.Equal($"1 of {body.GetProperty("output").GetProperty("Assignee").GetProperty("id").GetString()}", await command.ExecuteScalarAsync());
    }
}
