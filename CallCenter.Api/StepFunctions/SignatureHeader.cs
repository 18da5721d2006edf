namespace CallCenter.Api.StepFunctions;

/// <summary>What stands in <c>Authorization</c>: <c>AWS4-HMAC-SHA256 Credential=ID/yyyyMMdd/region/service/aws4_request, SignedHeaders=a;b, Signature=hex</c>.</summary>
/// <param name="Day">The day that it is for.</param>
/// <param name="Region">The region that it is for.</param>
/// <param name="Service">The service that it is for.</param>
/// <param name="Headers">The headers that are signed, in small letters, in their order.</param>
/// <param name="Signature">The signature, hexadecimal.</param>
internal sealed record SignatureHeader(string Day, string Region, string Service, IReadOnlyList<string> Headers, string Signature)
{
    /// <summary>What the scope ends with.</summary>
    public const string Request = "aws4_request";

    /// <summary>The one way of signing that is known.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The scope: what a key is derived for.</summary>
    public string Scope => $"{Day}/{Region}/{Service}/{Request}";

    /// <summary>Reads it; null when it is no such header, or a part is missing.</summary>
    public static SignatureHeader? Read(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return null;
        var parts = authorization[Algorithm.Length..].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        // The id may hold slashes itself, and says nothing here: the key is found by the signature.
        return Value(parts, "Credential=")?.Split('/') is [_, .., var day, var region, var service, Request]
            && Value(parts, "SignedHeaders=") is { } headers && Value(parts, "Signature=") is { } signature
            ? new SignatureHeader(day, region, service, headers.ToLowerInvariant().Split(';'), signature)
            : null;
    }

    private static string? Value(string[] parts, string name) => Array.Find(parts, part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
