using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace CallCenter.Workflows.Mail;

/// <summary>Makes the message that goes out, the same for a folder and for a server.</summary>
internal static class MailMessages
{
    /// <exception cref="MailRefusedException">The address cannot be used: it was changed outside of the settings.</exception>
    public static MailMessage Create(OutgoingMail mail, string from)
    {
        if (!MailAddresses.IsAddress(mail.To.Email))
            throw new MailRefusedException(
                $"The e-mail address of employee '{PlainText.OneLine(mail.To.Id)}' is '{PlainText.OneLine(mail.To.Email)}'. " +
                $"It must be {MailAddresses.Wanted}.");
        var text = PlainText.Lines(mail.Text);
        return new MailMessage(new MailAddress(from), new MailAddress(mail.To.Email, PlainText.OneLine(mail.To.Name), Encoding.UTF8))
        {
            Subject = PlainText.OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = text,
            BodyEncoding = Encoding.UTF8,
            // As it is where that is allowed: people read it in files. (Quoted-printable would turn every line's end into =0D=0A.)
            BodyTransferEncoding = IsSevenBit(text) ? TransferEncoding.SevenBit : TransferEncoding.Base64,
            Headers =
            {
                ["Message-ID"] = MessageId.For(mail.Key, from),
                // Asks robots such as out-of-office replies not to answer (RFC 3834).
                ["Auto-Submitted"] = "auto-generated",
            },
        };
    }

    // RFC 5322, section 2.1.1: lines have at most 998 characters.
    private static bool IsSevenBit(string text) => text.All(char.IsAscii) && text.Split("\r\n").All(line => line.Length <= 998);
}
