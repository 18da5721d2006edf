using System.Net.Mail;

namespace CallCenter.Workflows.Mail;

/// <summary>
/// What an e-mail address may be. <see cref="MailAddress"/> takes more than that: of <c>kim@example.com, eve@example.com</c> it makes the last one,
/// and display names keep their line breaks.
/// </summary>
internal static class MailAddresses
{
    /// <summary>The longest address, in characters: RFC 5321, section 4.5.3.1.3.</summary>
    public const int Longest = 254;

    /// <summary>What an address must be, for messages.</summary>
    public static string Wanted { get; } =
        "one address such as kim@example.com: one @, no blank, no comma, no control character, " +
        $"nothing but ASCII (a host's xn-- form has none), at most {Longest} characters";

    /// <summary>It is one address and nothing else.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= Longest }
        && text.Count('@') == 1
        && text.All(character => character is > ' ' and < '\x7f' && !",;:<>()[]\\\"".Contains(character, StringComparison.Ordinal))
        && Uri.CheckHostName(HostOf(text)) == UriHostNameType.Dns
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    /// <summary>What stands behind the @.</summary>
    public static string HostOf(string address) => address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
