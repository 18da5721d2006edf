using System.Net.Mail;
using System.Security.Authentication;
using CallCenter.Workflows.Employees;

namespace CallCenter.Workflows.Mail;

/// <summary>Says what a mail server's refusal means for whoever runs the host.</summary>
internal static class SmtpFailure
{
    public static MailException TimedOut(MailOptions options, Exception cause) =>
        new($"The mail server {Server(options)} did not answer within {options.TimeoutSeconds} s; the mail may have been sent anyway. "
            + "Check CallCenter:Mail:Host and CallCenter:Mail:Port.", cause);

    public static MailException Of(SmtpException failure, MailOptions options, Employee to)
    {
        var words = PlainText.OneLine(failure.InnerException is { } inner and not SmtpException ? $"{failure.Message} {inner.Message}" : failure.Message);
        var said = words.TrimEnd('.', ' ') + ".";
        // Negative where the server said nothing.
        var code = (int)failure.StatusCode;
        var server = $"mail server {Server(options)}";
        // SmtpClient says nothing about a login that was refused and goes on without one: what is refused then is all there is to see.
        var login = options.User is not null || code == 530
            ? " If that is about a login or about relaying, check CallCenter:Mail:User and CallCenter:Mail:Password."
            : "";
        return failure switch
        {
            SmtpFailedRecipientException when code >= 500 => new MailRefusedException($"The {server} does not accept mail for {to.Email}: {said}{login}", failure),
            _ when code >= 400 => new MailException($"The {server} did not accept the mail to {to.Email}: {said}{login}", failure),
            { InnerException: AuthenticationException } => new MailException(
                $"No encrypted connection to the {server}: {said} Its certificate must be valid for the name in CallCenter:Mail:Host.", failure),
            { InnerException: IOException } => new MailException(
                $"The connection to the {server} broke; the mail may have been sent anyway: {said} " +
                "Check CallCenter:Mail:Host and CallCenter:Mail:Port.",
                failure),
            _ => new MailException(
                $"The {server} could not be used: {said} Check CallCenter:Mail:Host, CallCenter:Mail:Port and CallCenter:Mail:Tls.", failure),
        };
    }

    private static string Server(MailOptions options) => $"{options.Host}:{options.Port}";
}
