using System.Net;
using System.Net.Mail;

namespace CallCenter.Workflows.Mail;

/// <summary>
/// Sends by SMTP, with STARTTLS and a login by name and password.
/// Not possible with .NET's own <see cref="SmtpClient"/>: TLS from the first byte (port 465) and OAuth 2.
/// </summary>
public sealed class SmtpMailer : IMailer
{
    private readonly MailOptions _options;
    private readonly string _host;
    private readonly string _from;

    /// <summary>Mails by the server of <see cref="MailOptions.Host"/>; it is not called before the first one.</summary>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public SmtpMailer(MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _host = options.Host ?? throw new ArgumentException("Set CallCenter:Mail:Host.");
        _from = options.From!;
    }

    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        using var message = MailMessages.Create(mail, _from);
        // One client for each mail: it sends one at a time, and says QUIT when it is disposed.
        using var client = new SmtpClient(_host, _options.Port)
        {
            EnableSsl = _options.Tls == MailTls.StartTls,
            // Later than the deadline below, which is the one that counts: this one cannot be told from other failures.
            Timeout = (_options.TimeoutSeconds + 5) * 1000,
        };
        if (_options.User is not null)
            client.Credentials = new NetworkCredential(_options.User, _options.Password);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            // Its own cancellation waits for a server that hangs; disposing it closes the connection.
            await client.SendMailAsync(message, CancellationToken.None).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw SmtpFailure.TimedOut(_options, e);
        }
        catch (SmtpException e)
        {
            throw SmtpFailure.Of(e, _options, mail.To);
        }
    }
}
