using CallCenter.Api.Http;
using CallCenter.Standalone.Http;

namespace CallCenter.Standalone.Hosting;

/// <summary>What the program answers while it reads its journal.</summary>
internal static class Starting
{
    /// <summary>503 to everything but the question whether it runs. Health says so too by its status, which is all that many a load balancer looks at.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var answer = path.Equals("/livez", StringComparison.OrdinalIgnoreCase) ? Json(200, """{"status":"ok"}"""u8)
            : path.Equals("/readyz", StringComparison.OrdinalIgnoreCase) ? Json(503, """{"status":"starting"}"""u8)
            : path.Equals("/api/health", StringComparison.OrdinalIgnoreCase) ? Json(503, """{"status":"starting","host":"standalone"}"""u8)
            : Problem.Of(503, "This program is starting: reading its journal. Try again in a moment.");
        if (answer.Status == 503)
            answer = answer.With("Retry-After", "1");
        return answer.With("Cache-Control", "no-store").With("X-Content-Type-Options", "nosniff").WriteToAsync(context);
    }

    private static ApiResponse Json(int status, ReadOnlySpan<byte> body) => new(status, ApiResponse.JsonType, body.ToArray());
}
