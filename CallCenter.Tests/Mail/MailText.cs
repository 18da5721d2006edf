using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallCenter.Tests.Mail;

/// <summary>Reads a mail as it went over the wire.</summary>
internal sealed partial class MailText(string raw)
{
    private readonly string _head = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);

    /// <summary>The names of all headers.</summary>
    public IEnumerable<string> HeaderNames => _head.Split("\r\n").Select(line => line.Split(':')[0]);

    /// <summary>The text.</summary>
    public string Body
    {
        get
        {
            var body = raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Header("Content-Transfer-Encoding") == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body;
        }
    }

    /// <summary>A header's value, its encoded words decoded.</summary>
    public string Header(string name)
    {
        var line = _head.Split("\r\n").Single(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));
        var joined = BetweenWords().Replace(line[(name.Length + 1)..].Trim(), "$1");
        return Word().Replace(joined, word => word.Groups[1].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
            : Decode(word.Groups[2].Value.Replace('_', ' ')));
    }

    private static string Decode(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 2;
            }
            else
                bytes.Add((byte)text[at]);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"=\?utf-8\?([BQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords();
}
