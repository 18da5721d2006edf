using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>Tokens that are given out and come back. One that was made for something else, or by nobody here, is refused and not misread.</summary>
internal static class CheckedToken
{
    /// <summary>What each begins with: so none begins with a hyphen, which the AWS CLI would take for an option.</summary>
    private const byte Version = 1;

    private const int Start = 7;

    /// <summary>A token.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="scope">What it is for.</param>
    public static string Write(string text, string scope) => Base64Url.EncodeToString([.. Head(text, scope), .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>What a token says.</summary>
    /// <exception cref="AwsRefusedException">It is none of ours for this.</exception>
    public static string Read(string token, string scope)
    {
        if (!Base64Url.IsValid(token, out var length) || length <= Start)
            throw AwsRefusedException.InvalidToken();
        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        var text = Encoding.UTF8.GetString(bytes[Start..]);
        return bytes[..Start].SequenceEqual(Head(text, scope)) ? text : throw AwsRefusedException.InvalidToken();
    }

    private static byte[] Head(string text, string scope) => [Version, .. SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{text}")).AsSpan(1, Start - 1)];
}
