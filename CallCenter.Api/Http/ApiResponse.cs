using System.Text;

namespace CallCenter.Api.Http;

/// <summary>One HTTP response, for a host to write out as it is.</summary>
/// <param name="status">The status code.</param>
/// <param name="contentType">The type of the body; null without one.</param>
/// <param name="body">The body.</param>
public sealed class ApiResponse(int status, string? contentType = null, ReadOnlyMemory<byte> body = default)
{
    /// <summary>The content type of JSON.</summary>
    public const string JsonType = "application/json; charset=utf-8";

    /// <summary>The content type of plain text.</summary>
    public const string TextType = "text/plain; charset=utf-8";

    /// <summary>
    /// What every answer carries unless it says otherwise: it is what its type says, for the caller alone, and no page. Here, so that
    /// no answer of any host is without.
    /// </summary>
    private static readonly KeyValuePair<string, string>[] Defaults =
    [
        new("Cache-Control", "no-store"),
        new("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Referrer-Policy", "no-referrer"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    private readonly List<KeyValuePair<string, string>> _headers = [.. Defaults];

    /// <summary>The status code.</summary>
    public int Status { get; } = status;

    /// <summary>The type of the body; null without one.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>The body, in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>All headers but those that describe the body's type and length.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name)
    {
        foreach (var (key, value) in _headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return null;
    }

    /// <summary>Sets a header.</summary>
    public ApiResponse With(string name, string value)
    {
        _headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        _headers.Add(new(name, value));
        return this;
    }

    /// <summary>A text.</summary>
    public static ApiResponse Text(int status, string contentType, string text) => new(status, contentType, Encoding.UTF8.GetBytes(text));

    /// <summary>The same answer without its body, as HEAD wants it.</summary>
    internal ApiResponse WithoutBody()
    {
        var head = new ApiResponse(Status, ContentType);
        foreach (var (name, value) in _headers)
            head.With(name, value);
        return head;
    }
}
