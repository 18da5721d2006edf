using System.Security.Cryptography;

namespace CallCenter.Api.Http;

/// <summary>Strong entity tags: a hash of the body, so that both hosts and every restart give the same.</summary>
internal static class EntityTag
{
    /// <summary>200 with the body and its tag, or 304 when the caller has just this body.</summary>
    public static ApiResponse Answer(ApiRequest request, string contentType, byte[] body)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        var response = IsKnown(request, tag) ? new ApiResponse(304) : new ApiResponse(200, contentType, body);
        return response.With("ETag", tag).With("Cache-Control", "no-cache");
    }

    /// <summary>Whether the caller has just this body. If-None-Match compares weakly (RFC 9110, 13.1.2): <c>W/</c> does not matter.</summary>
    public static bool IsKnown(ApiRequest request, string tag)
    {
        foreach (var candidate in HeaderList.Split(request.Header("If-None-Match")))
        {
            if (candidate == "*" || candidate == tag || (candidate.StartsWith("W/", StringComparison.Ordinal) && candidate.AsSpan(2).SequenceEqual(tag)))
                return true;
        }
        return false;
    }
}
