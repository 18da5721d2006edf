using System.Net;
using System.Text;
using CallCenter.Durable.Settings;

namespace CallCenter.Workflows.Mail;

/// <summary>Whether a connection to a mail server is encrypted.</summary>
public enum MailTls
{
    /// <summary>By STARTTLS, or nothing is sent. The server's certificate must be valid for its host name.</summary>
    StartTls,

    /// <summary>Not at all: for a server on the same machine or network that wants no login.</summary>
    None,
}

/// <summary>Where mails go: the settings under <c>CallCenter:Mail:</c>. Either a folder or a server.</summary>
public sealed record MailOptions
{
    /// <summary>The port that mail is handed in at, with STARTTLS.</summary>
    public const int SubmissionPort = 587;

    /// <summary>The sender where none is set and mails go into a folder.</summary>
    public const string ExampleSender = "callcenter@example.com";

    private const int DefaultTimeoutSeconds = 30;

    private static readonly Dictionary<string, MailTls> TlsNames = Enum.GetValues<MailTls>().ToDictionary(tls => tls.ToString());

    /// <summary><c>CallCenter:Mail:Folder</c>: a folder that gets an <c>.eml</c> file for each mail.</summary>
    public string? Folder { get; init; }

    /// <summary><c>CallCenter:Mail:Host</c>: the SMTP server's name or address.</summary>
    public string? Host { get; init; }

    /// <summary><c>CallCenter:Mail:Port</c>, 1 to 65535.</summary>
    public int Port { get; init; } = SubmissionPort;

    /// <summary><c>CallCenter:Mail:Tls</c>.</summary>
    public MailTls Tls { get; init; }

    /// <summary><c>CallCenter:Mail:From</c>: the sender's address. A server needs it; a folder does without (<see cref="ExampleSender"/>).</summary>
    public string? From { get; init; }

    /// <summary><c>CallCenter:Mail:User</c>: the login; null for a server that wants none.</summary>
    public string? User { get; init; }

    /// <summary><c>CallCenter:Mail:Password</c>: the login's password.</summary>
    public string? Password { get; init; }

    /// <summary><c>CallCenter:Mail:TimeoutSeconds</c>: how long sending one mail may take, 1 to 600.</summary>
    public int TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary>Makes what sends mails by the settings of a host.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder where neither a folder nor a server is set; null for none.</param>
    /// <returns>Null where there is nowhere to send mails to.</returns>
    /// <exception cref="InvalidSettingException">A setting is wrong, or they do not fit together: the host should not start.</exception>
    public static IMailer? ReadMailer(SettingsReader settings, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = new MailOptions
        {
            Folder = settings.Text("Mail:Folder"),
            Host = settings.Text("Mail:Host"),
            Port = settings.WholeNumber("Mail:Port", SubmissionPort, (1, 65_535)),
            Tls = settings.OneOf("Mail:Tls", TlsNames, MailTls.StartTls),
            From = settings.Text("Mail:From"),
            User = settings.Text("Mail:User"),
            Password = settings.Text("Mail:Password"),
            TimeoutSeconds = settings.WholeNumber("Mail:TimeoutSeconds", DefaultTimeoutSeconds, (1, 600)),
        };
        if (options is { Folder: null, Host: null })
            options = options with { Folder = folder };
        try
        {
            return options is { Folder: null, Host: null } ? null : options.CreateMailer();
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingException(wrong.Message);
        }
    }

    /// <summary>Checks that they fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the setting and says what would be right.</exception>
    public void Check()
    {
        if (Folder is null == Host is null)
            throw new ArgumentException("Set either CallCenter:Mail:Folder (mails become files in it) or CallCenter:Mail:Host (an SMTP server), not both.");
        if (From is not null && !MailAddresses.IsAddress(From))
            throw new ArgumentException($"The setting CallCenter:Mail:From is '{PlainText.OneLine(From)}'. It must be {MailAddresses.Wanted}.");
        if (Host is not null)
            CheckServer(Host);
    }

    /// <summary>Makes what sends mails by these settings.</summary>
    /// <exception cref="ArgumentException">They do not fit together; see <see cref="Check"/>.</exception>
    public IMailer CreateMailer()
    {
        Check();
        return Folder is not null ? new MailFolder(this) : new SmtpMailer(this);
    }

    private void CheckServer(string host)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new ArgumentException(
                $"The setting CallCenter:Mail:Host is '{PlainText.OneLine(host)}'. It must be a host name or an IP address, without a port.");
        }
        if (From is null)
            throw new ArgumentException("CallCenter:Mail:Host is set, but not CallCenter:Mail:From. Set it to the address that mails come from.");
        if (Port is < 1 or > 65_535)
            throw new ArgumentException($"The setting CallCenter:Mail:Port is '{Port}'. It must be a port from 1 to 65535, usually {SubmissionPort}.");
        if (Port == 465)
        {
            throw new ArgumentException(
                $"The setting CallCenter:Mail:Port is '465', where TLS comes before SMTP. Only STARTTLS is possible: use port {SubmissionPort}.");
        }
        if (TimeoutSeconds is < 1 or > 600)
            throw new ArgumentException($"The setting CallCenter:Mail:TimeoutSeconds is '{TimeoutSeconds}'. It must be a whole number from 1 to 600.");
        if (User is null != Password is null)
        {
            throw new ArgumentException(
                "Of CallCenter:Mail:User and CallCenter:Mail:Password only one is set. Set both, or none for a server that needs no login.");
        }
        if (User is not null && Tls == MailTls.None && !IsThisMachine(host))
            throw new ArgumentException(
                "CallCenter:Mail:Tls is 'None', so the password would cross the network in clear text. Set it to 'StartTls', or leave out CallCenter:Mail:User.");
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // A record prints all it has, and what is printed ends up in logs.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Folder is not null ? $"Folder = {Folder}" : $"Host = {Host}, Port = {Port}, Tls = {Tls}, User = {User}").Append(", From = ").Append(From);
        return true;
    }
}
