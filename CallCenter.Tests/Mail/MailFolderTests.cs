using System.Text;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Tests.Mail;

/// <summary>Mails as files.</summary>
public sealed class MailFolderTests : IDisposable
{
    private static readonly OutgoingMail Mail = new(Roster.Example[0], "Case 001 is yours", "Case 001 is yours.\nIt waits.", "001/1/Send Email/1");

    private readonly TemporaryFolder _temporary = new();

    private string Folder => Path.Combine(_temporary.Path, "mail", "out");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Send_Mail_IsOneReadableFile()
    {
        await Mailer().SendAsync(Mail, default);

        var file = Assert.Single(Directory.GetFileSystemEntries(Folder));
        Assert.Matches("^[0-9a-f]{32}\\.eml$", Path.GetFileName(file));
        var raw = await File.ReadAllTextAsync(file);
        Assert.Contains("\r\nIt waits.", raw, StringComparison.Ordinal);
        var mail = new MailText(raw);
        Assert.Equal("callcenter@example.com", mail.Header("From"));
        Assert.Contains("alex.kim@example.com", mail.Header("To"), StringComparison.Ordinal);
        Assert.Equal("Case 001 is yours", mail.Header("Subject"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("1", mail.Header("X-Times-Sent"));
    }

    [Fact]
    public async Task Send_SameKeyAgain_ReplacesTheFileAndCounts()
    {
        for (var time = 0; time < 3; time++)
            await Mailer().SendAsync(Mail, default);
        await Mailer().SendAsync(Mail with { Key = "another" }, default);

        Assert.Equal(["1", "3"], Files().Select(mail => mail.Header("X-Times-Sent")).Order());
        Assert.Equal(2, Files().Select(mail => mail.Header("Message-ID")).Distinct().Count());
    }

    [Fact]
    public async Task Send_SameMailToServer_HasTheSameMessageId()
    {
        await using var server = new SmtpServer();

        await Mailer(from: "desk@example.org").SendAsync(Mail, default);
        await new SmtpMailer(new() { Host = "127.0.0.1", Port = server.Port, Tls = MailTls.None, From = "desk@example.org" }).SendAsync(Mail, default);

        Assert.Equal(Files().Single().Header("Message-ID"), new MailText(server.Mails.Single()).Header("Message-ID"));
    }

    [Fact]
    public async Task Send_ManyAtATime_AllAreWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => Mailer().SendAsync(Mail with { Key = $"{number % 50}", Text = $"{number % 50}" }, default))));

        var files = Files().ToList();
        Assert.Equal(50, files.Count);
        Assert.Equal(Enumerable.Range(0, 50), files.Select(mail => int.Parse(mail.Body, System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Equal(50, Directory.GetFileSystemEntries(Folder).Length);
    }

    [Fact]
    public async Task Send_TextBeyondAscii_IsReadBackAsItWas()
    {
        await Mailer().SendAsync(Mail with { Subject = "Zoë 🙂", Text = "Ünï 🙂\r\n.\r\nend" }, default);

        var mail = Files().Single();
        Assert.Equal("Zoë 🙂", mail.Header("Subject"));
        Assert.Equal("Ünï 🙂\r\n.\r\nend", mail.Body.TrimEnd());
    }

    [Fact]
    public async Task Send_FolderIsAFile_NamesTheSetting()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        await File.WriteAllTextAsync(Folder, "in the way");

        var failure = await Assert.ThrowsAsync<MailException>(() => Mailer().SendAsync(Mail, default));

        Assert.Contains("CallCenter:Mail:Folder", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Folder, failure.Message, StringComparison.Ordinal);
    }

    private IMailer Mailer(string? from = null) => new MailOptions { Folder = Folder, From = from }.CreateMailer();

    private IEnumerable<MailText> Files() => Directory.GetFiles(Folder, "*.eml").Select(file => new MailText(File.ReadAllText(file, Encoding.UTF8)));
}
