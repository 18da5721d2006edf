using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallCenter.Workflows.Employees;
using CallCenter.Workflows.Mail;

namespace CallCenter.Tests.Mail;

/// <summary>STARTTLS and login, over real sockets.</summary>
public sealed class SmtpLoginTests
{
    private static readonly OutgoingMail Mail = new(Roster.Example[0], "Case 001", "Case 001", "key");

    [Fact]
    public async Task Send_NoStartTlsAlthoughWanted_SendsNothing()
    {
        await using var server = new SmtpServer();

        var failure = await Assert.ThrowsAsync<MailException>(() => new SmtpMailer(Options(server)).SendAsync(Mail, default));

        Assert.Contains("CallCenter:Mail:Tls", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("may have been sent", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_CertificateNobodyKnows_SendsNothing()
    {
        using var certificate = MakeCertificate();
        await using var server = new SmtpServer { Extensions = ["STARTTLS", "AUTH LOGIN"], Certificate = certificate };

        var failure = await Assert.ThrowsAsync<MailException>(() => new SmtpMailer(Options(server)).SendAsync(Mail, default));

        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CallCenter:Mail:Host", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_StartTlsAndLogin_SendsBothEncrypted()
    {
        using var certificate = MakeCertificate();
        await using var server = new SmtpServer { Extensions = ["STARTTLS", "AUTH LOGIN PLAIN"], Certificate = certificate };
        using var trusted = new Trusted(certificate);

        await new SmtpMailer(Options(server)).SendAsync(Mail, default);

        Assert.Single(server.Mails);
        var commands = server.Commands.ToList();
        Assert.InRange(commands.IndexOf("STARTTLS"), 0, commands.FindIndex(command => command.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("pa$$ wörd")), commands);
    }

    // SmtpClient goes on without a login when the server refuses it. So it is the next refusal that has to say where to look.
    [Theory]
    [InlineData("LOGIN", "MAIL", "530 5.7.0 authentication required")]
    [InlineData("LOGIN", "MAIL", "550 5.7.1 not allowed")]
    [InlineData("LOGIN", "RCPT", "554 5.7.1 relay access denied")]
    [InlineData("PLAIN", "MAIL", "530 5.7.0 authentication required")]
    public async Task Send_LoginRefused_NamesItsSettingsAndKeepsThePassword(string offered, string command, string answer)
    {
        await using var server = new SmtpServer { Extensions = [$"AUTH {offered}"], Answers = { ["password"] = "535 5.7.8 wrong", [command] = answer } };

        var failure = await Assert.ThrowsAnyAsync<MailException>(() => new SmtpMailer(Options(server) with { Tls = MailTls.None }).SendAsync(Mail, default));

        Assert.Contains("CallCenter:Mail:User", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CallCenter:Mail:Password", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wörd", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_LoginRefusedByServerThatNeedsNone_IsSent()
    {
        await using var server = new SmtpServer { Extensions = ["AUTH LOGIN"], Answers = { ["password"] = "535 5.7.8 wrong" } };

        await new SmtpMailer(Options(server) with { Tls = MailTls.None }).SendAsync(Mail, default);

        Assert.Single(server.Mails);
    }

    private static MailOptions Options(SmtpServer server) => new() { Host = "127.0.0.1", Port = server.Port, From = "desk@example.org", User = "desk", Password = "pa$$ wörd" };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows wants a key that is in a store.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Trusts one certificate, in the only place where SmtpClient asks.</summary>
    private sealed class Trusted : IDisposable
    {
        private readonly RemoteCertificateValidationCallback? _before;

        public Trusted(X509Certificate2 certificate)
        {
#pragma warning disable SYSLIB0014 // There is no other way for SmtpClient; HttpClient does not look here.
            _before = ServicePointManager.ServerCertificateValidationCallback;
            ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, _) => certificate.Thumbprint == shown?.GetCertHashString();
        }

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = _before;
#pragma warning restore SYSLIB0014
    }
}
