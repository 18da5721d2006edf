using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Api.Http;

namespace CallCenter.Api.StepFunctions;

/// <summary>Who calls: whoever has signed the request with one of the host's keys, within five minutes.</summary>
internal static class AwsAuthentication
{
    private const string Mismatch = "InvalidSignatureException";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The caller; null on a host without keys.</summary>
    /// <exception cref="AwsRefusedException">It is nobody with a key.</exception>
    public static AwsCaller? Check(ApiRequest request, ReadOnlyMemory<byte> body, StepFunctionsOptions options)
    {
        if (options.Keys() is not { } keys)
            return null;
        if (keys.Count == 0)
            throw new AwsRefusedException("AccessDeniedException", options.Closed, 403);
        var (signed, date) = Read(request, options.Api.Clock.GetUtcNow());
        foreach (var address in options.Addresses(request).Distinct())
        {
            if (SignatureV4.Canonical(request, body, signed.Headers, address) is not { } canonical)
                throw new AwsRefusedException(Mismatch, "The signature claims to cover a header that did not arrive. A proxy may have removed it.");
            foreach (var key in keys)
            {
                if (Same(SignatureV4.Sign(key.Secret.Span, signed, date, canonical), signed.Signature))
                    return new AwsCaller(signed.Region, key.Refusal);
            }
        }
        if (options.OnWrongKey(request) is { } wait)
        {
            throw new RefusedException(Problem.Of(429, "Too many wrong signatures came from this address. Try again later, or with the right secret access key.")
                .With("Retry-After", $"{(int)Math.Ceiling(wait.TotalSeconds)}"));
        }
        throw new AwsRefusedException(Mismatch,
            "The request signature we calculated does not match the signature you provided. The secret access key is a key of this host; "
            + "a proxy in between may change neither Host nor the path.");
    }

    private static (SignatureHeader Signed, string Date) Read(ApiRequest request, DateTimeOffset now)
    {
        if (request.Header("Authorization") is not { Length: > 0 } authorization)
            throw new AwsRefusedException("MissingAuthenticationTokenException", "Missing Authentication Token: sign with a key of this host as the secret access key.", 403);
        var date = request.Header("X-Amz-Date") ?? "";
        if (SignatureHeader.Read(authorization) is not { } signed
            || !DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            throw new AwsRefusedException("IncompleteSignatureException",
                $"Authorization must be '{SignatureHeader.Algorithm} Credential=..., SignedHeaders=..., Signature=...', and X-Amz-Date a time such as 20260131T083000Z.");
        }
        string[] needed = ["host", "x-amz-date", "x-amz-target"];
        if (needed.Except(signed.Headers).ToList() is [var missing, ..])
            throw new AwsRefusedException(Mismatch, $"'{missing}' must be a 'SignedHeader' in the AWS Authorization.");
        if (request.Query.Length > 1)
            throw new AwsRefusedException(Mismatch, "A signed call of this API has no query. Leave it out of the endpoint URL.");
        if (signed.Day != date[..8])
            throw new AwsRefusedException(Mismatch, $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{signed.Day}' != '{date[..8]}'.");
        // The SDK for JavaScript sets its clock right by these words and the header Date, and tries again.
        if (at < now - Tolerance)
            throw new AwsRefusedException(Mismatch, $"Signature expired: {date} is now earlier than {now - Tolerance:yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} - 5 min.)");
        return at <= now + Tolerance
            ? (signed, date)
            : throw new AwsRefusedException(Mismatch, $"Signature not yet current: {date} is still later than {now + Tolerance:yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} + 5 min.)");
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
