using CallCenter.Workflows.Mail;

namespace CallCenter.Tests.Mail;

/// <summary>Settings that cannot work are refused with their name, before the first mail.</summary>
public sealed class MailOptionsTests
{
    private static readonly MailOptions Server = new() { Host = "mail.example.com", From = "desk@example.com" };

    public static TheoryData<string, MailOptions> Wrong => new()
    {
        { "CallCenter:Mail:Folder", new() },
        { "not both", Server with { Folder = "mail" } },
        { "CallCenter:Mail:From", Server with { From = null } },
        { "CallCenter:Mail:From is 'desk'", Server with { From = "desk" } },
        { "CallCenter:Mail:From is 'Desk <desk@example.com>'", new() { Folder = "mail", From = "Desk <desk@example.com>" } },
        { "CallCenter:Mail:Host is 'mail.example.com:587'", Server with { Host = "mail.example.com:587" } },
        { "CallCenter:Mail:Port is '0'", Server with { Port = 0 } },
        { "use port 587", Server with { Port = 465 } },
        { "CallCenter:Mail:TimeoutSeconds is '0'", Server with { TimeoutSeconds = 0 } },
        { "CallCenter:Mail:Password", Server with { User = "desk" } },
        { "CallCenter:Mail:User", Server with { Password = "secret" } },
        { "CallCenter:Mail:Tls is 'None'", Server with { User = "desk", Password = "secret", Tls = MailTls.None } },
    };

    public static TheoryData<MailOptions> Right => new()
    {
        new MailOptions { Folder = "mail" },
        new MailOptions { Folder = "mail", From = "desk@example.com" },
        Server,
        Server with { Host = "192.0.2.1", Port = 25, Tls = MailTls.None },
        Server with { User = "desk", Password = "secret" },
        Server with { Host = "localhost", User = "desk", Password = "secret", Tls = MailTls.None },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_DoesNotFit_SaysWhatWouldBeRight(string said, MailOptions options)
    {
        var refused = Assert.Throws<ArgumentException>(options.CreateMailer);

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void CreateMailer_Fits_IsWhatWasAskedFor(MailOptions options) =>
        Assert.Equal(options.Folder is null, options.CreateMailer() is SmtpMailer);

    [Fact]
    public void ToString_Password_IsNotShown() =>
        Assert.DoesNotContain("secret", (Server with { User = "desk", Password = "secret" }).ToString(), StringComparison.Ordinal);
}
