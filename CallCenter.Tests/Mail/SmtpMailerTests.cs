using System.Net.Sockets;
using CallCenter.Tests.Conformance;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Tests.Mail;

/// <summary>What is sent, and what each answer of a mail server becomes, over real sockets.</summary>
public sealed class SmtpMailerTests
{
    private static readonly OutgoingMail Mail = new(Roster.Example[0], "Case 001 is yours", "Case 001 is yours.\nIt waits.", "001/1/Send Email/1");

    [Fact]
    public async Task Send_ServerTakesIt_MailHasWhatItNeeds()
    {
        await using var server = new SmtpServer();

        await Mailer(server).SendAsync(Mail, default);

        var mail = new MailText(Assert.Single(server.Mails));
        Assert.Equal("desk@example.org", mail.Header("From"));
        Assert.Equal("Alex Kim <alex.kim@example.com>", mail.Header("To").Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("Case 001 is yours", mail.Header("Subject"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Matches("^<[0-9a-f]{32}@example\\.org>$", mail.Header("Message-ID"));
        Assert.Equal("text/plain; charset=utf-8", mail.Header("Content-Type"));
        Assert.Equal("Case 001 is yours.\r\nIt waits.", mail.Body.TrimEnd());
        Assert.Contains(server.Commands, command => command.StartsWith("RCPT TO:<alex.kim@example.com>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_SameKeyTwice_SameMessageId()
    {
        await using var server = new SmtpServer();

        await Mailer(server).SendAsync(Mail, default);
        await Mailer(server).SendAsync(Mail, default);
        await Mailer(server).SendAsync(Mail with { Key = "another" }, default);

        var ids = server.Mails.Select(mail => new MailText(mail).Header("Message-ID")).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.Equal(MessageId.For(Mail.Key, "desk@example.org"), ids[0]);
    }

    [Fact]
    public async Task Send_TextBeyondAscii_ArrivesAsItWas()
    {
        const string Text = "Ünïcödé 🙂\n.\n..two\n=3D\na very long line: ";
        await using var server = new SmtpServer();

        await Mailer(server).SendAsync(
            Mail with { To = new("1", "Zoë 🙂 Müller, Head", "zoe@example.com"), Subject = "Fall 1 für Zoë 🙂: " + new string('ü', 200), Text = Text + new string('x', 2000) }, default);

        var mail = new MailText(Assert.Single(server.Mails));
        Assert.Equal("Fall 1 für Zoë 🙂: " + new string('ü', 200), mail.Header("Subject"));
        Assert.Contains("Zoë 🙂 Müller, Head", mail.Header("To"), StringComparison.Ordinal);
        Assert.Equal((Text + new string('x', 2000)).ReplaceLineEndings("\r\n"), mail.Body.TrimEnd());
    }

    [Theory]
    [InlineData("\r\nBcc: eve@example.com")]
    [InlineData("\nBcc: eve@example.com")]
    [InlineData("\rBcc: eve@example.com\0")]
    [InlineData("\u0085Bcc: eve@example.com")]
    [InlineData("\u2028Bcc: eve@example.com")]
    [InlineData("\ud800")]
    public async Task Send_LineBreaksInNameAndSubject_BecomeNoHeader(string added)
    {
        await using var server = new SmtpServer();

        await Mailer(server).SendAsync(Mail with { To = new("1", "Kim" + added, "kim@example.com"), Subject = "Case" + added, Text = "Text" + added }, default);

        var mail = new MailText(Assert.Single(server.Mails));
        Assert.DoesNotContain("Bcc", mail.HeaderNames);
        Assert.StartsWith("Case", mail.Header("Subject"), StringComparison.Ordinal);
        Assert.Single(server.Commands, command => command.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kim@example.com, eve@example.com")]
    [InlineData("kim@example.com\r\nRCPT TO:<eve@example.com>")]
    [InlineData("kim")]
    public async Task Send_AddressThatIsNotOne_IsRefusedWithoutCallingTheServer(string address)
    {
        await using var server = new SmtpServer();

        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => Mailer(server).SendAsync(Mail with { To = new("7", "Kim", address) }, default));

        Assert.Contains("employee '7'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    [Theory]
    [InlineData(".", "451 try later", "try later")]
    [InlineData("DATA", "452 disk full", "disk full")]
    [InlineData(".", "554 looks like spam", "looks like spam")]
    [InlineData("MAIL", "553 not your address", "not your address")]
    [InlineData("RCPT", "450 mailbox busy", "mailbox busy")]
    [InlineData("greeting", "421 too many connections", "too many connections")]
    [InlineData("MAIL", "530 login first", "CallCenter:Mail:User")]
    [InlineData("MAIL", "530 login first", "CallCenter:Mail:Password")]
    [InlineData(".", SmtpServer.Drop, "may have been sent anyway")]
    [InlineData("MAIL", SmtpServer.Drop, "CallCenter:Mail:Host")]
    [InlineData("greeting", "HTTP/1.1 400 Bad Request", "CallCenter:Mail:Port")]
    public async Task Send_ServerRefuses_SaysWhatToLookAt(string command, string answer, string said)
    {
        await using var server = new SmtpServer { Answers = { [command] = answer } };

        var failure = await Assert.ThrowsAsync<MailException>(() => Mailer(server).SendAsync(Mail, default));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{server.Port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_UnknownRecipient_IsRefusedForGood()
    {
        await using var server = new SmtpServer { Answers = { ["RCPT"] = "550 5.1.1 no such user" } };

        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => Mailer(server).SendAsync(Mail, default));

        Assert.Contains("alex.kim@example.com", refused.Message, StringComparison.Ordinal);
        Assert.Contains("no such user", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData(SmtpServer.Drop)]
    [InlineData(SmtpServer.Hang)]
    [InlineData("500 what?")]
    public async Task Send_TakenButNoGoodbye_IsSent(string answer)
    {
        await using var server = new SmtpServer { Answers = { ["QUIT"] = answer } };

        await Mailer(server).SendAsync(Mail, default);

        Assert.Single(server.Mails);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("EHLO")]
    [InlineData("greeting")]
    public async Task Send_ServerHangs_GivesUpAfterTheTimeout(string command)
    {
        await using var server = new SmtpServer { Answers = { [command] = SmtpServer.Hang } };

        var failure = await Assert.ThrowsAsync<MailException>(() => Mailer(server, options => options with { TimeoutSeconds = 1 }).SendAsync(Mail, default));

        Assert.Contains("did not answer within 1 s; the mail may have been sent anyway", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CancelledWhileTheServerHangs_IsCancelled()
    {
        await using var server = new SmtpServer { Answers = { ["."] = SmtpServer.Hang } };
        using var cancellation = new CancellationTokenSource();
        var sending = Mailer(server).SendAsync(Mail, cancellation.Token);
        await Eventually.TrueAsync(() => Task.FromResult(!server.Mails.IsEmpty));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Send_NobodyListens_SaysWhatToLookAt()
    {
        var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var failure = await Assert.ThrowsAsync<MailException>(() => new SmtpMailer(Options(port)).SendAsync(Mail, default));

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CallCenter:Mail:Port", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("may have been sent", failure.Message, StringComparison.Ordinal);
    }

    private static SmtpMailer Mailer(SmtpServer server, Func<MailOptions, MailOptions>? change = null) => new((change ?? (options => options))(Options(server.Port)));

    private static MailOptions Options(int port) => new() { Host = "127.0.0.1", Port = port, Tls = MailTls.None, From = "desk@example.org" };
}
