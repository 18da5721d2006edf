using System.Security.Cryptography;
using System.Text;
using CallCenter.Workflows.Mail;

namespace CallCenter.Samples.OwnParts;

/// <summary>Sends e-mail through a service that is called over HTTP and knows idempotency keys.</summary>
/// <param name="http">Calls it; its timeout is how long a mail may take.</param>
/// <param name="address">Where mails are posted to.</param>
public sealed class MailService(HttpClient http, Uri address) : IMailer
{
    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new { to = mail.To.Email, subject = mail.Subject, text = mail.Text }),
        };
        // The key is any text, and a header is not: its hash names the mail as well.
        request.Headers.Add("Idempotency-Key", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key))));
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new MailException($"The mail service at {address} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException error)
        {
            throw new MailException($"The mail service at {address} does not answer: {error.Message}", error);
        }
    }
}
