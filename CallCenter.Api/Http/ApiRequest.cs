namespace CallCenter.Api.Http;

/// <summary>One HTTP request, as every host can give it: nothing in it is decoded or parsed.</summary>
public sealed class ApiRequest
{
    /// <summary>The method, in capitals (<c>GET</c>).</summary>
    public required string Method { get; init; }

    /// <summary>The path as it was sent, still percent-encoded: an id may hold an encoded slash, and only one may decode it.</summary>
    public required string Path { get; init; }

    /// <summary>The query as it was sent, with or without its question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    /// <summary>Looks up a header without regard to case: its value, several joined by a comma, or null.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;

    /// <summary>The body.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The length of the body where the caller gave it.</summary>
    public long? ContentLength { get; init; }

    /// <summary>How the caller sees this host: scheme, name and port, without a slash at the end (<c>http://localhost:7071</c>).</summary>
    public required string BaseUri { get; init; }

    /// <summary>The host's own request, for an <see cref="ApiOptions.StatusUri"/> that needs it.</summary>
    public object? HostRequest { get; init; }

    /// <summary>Cancelled when the caller goes away or the host stops.</summary>
    public CancellationToken Cancellation { get; init; }
}
