using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Tests.Support;

/// <summary>Signs requests as a client of AWS does (Signature Version 4), written apart from what checks it.</summary>
internal static class AwsSigner
{
    /// <summary>Signs a call of the Step Functions API.</summary>
    /// <param name="request">The request, with an absolute URI and its header X-Amz-Target.</param>
    /// <param name="secret">The secret access key.</param>
    /// <param name="at">When it is signed.</param>
    /// <param name="host">The host as its caller knows it; that of the URI by default.</param>
    /// <param name="path">The path likewise.</param>
    public static async Task SignAsync(HttpRequestMessage request, string secret, DateTimeOffset? at = null, string? host = null, string? path = null)
    {
        var date = (at ?? DateTimeOffset.UtcNow).ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        (string Name, string Value)[] headers =
        [
            ("content-type", request.Content!.Headers.GetValues("Content-Type").Single()),
            ("host", host ?? request.RequestUri!.Authority),
            ("x-amz-date", date),
            ("x-amz-target", request.Headers.GetValues("X-Amz-Target").Single()),
        ];
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = $"POST\n{path ?? request.RequestUri!.AbsolutePath}\n\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{Hash(body)}";
        var scope = $"{date[..8]}/eu-central-1/states/aws4_request";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}")));
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>A call of an operation, not signed yet.</summary>
    public static HttpRequestMessage Call(Uri url, string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{operation}");
        return request;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
