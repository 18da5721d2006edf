namespace CallCenter.Workflows.Mail;

/// <summary>
/// Sends e-mail, at least once: SMTP cannot tell a mail that was not accepted from one whose acceptance got lost, so an attempt that failed may have
/// been delivered all the same.
/// </summary>
public interface IMailer
{
    /// <summary>Sends a mail. Sent again, it carries the same Message-ID (<see cref="MessageId"/>).</summary>
    /// <exception cref="MailException">
    /// It was not sent, or nobody can tell; the message says what to look at. <see cref="MailRefusedException"/> when trying again is of no use.
    /// </exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellation);
}
