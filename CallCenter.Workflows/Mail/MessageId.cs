using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Workflows.Mail;

/// <summary>
/// The Message-ID of a mail follows from its key, so a mail that is sent twice can be told from two mails. Some mailboxes show such a pair once; none has to.
/// </summary>
public static class MessageId
{
    /// <summary><c>&lt;{32 hexadecimal digits}@{host of the sender}&gt;</c>.</summary>
    /// <param name="key">The mail's key.</param>
    /// <param name="from">The sender's address.</param>
    public static string For(string key, string from) => $"<{Digits(key)}@{MailAddresses.HostOf(from)}>";

    /// <summary>The first half of the key's SHA-256.</summary>
    internal static string Digits(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
}
