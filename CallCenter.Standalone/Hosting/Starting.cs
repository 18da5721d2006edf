using CallCenter.Api.Http;
using CallCenter.Standalone.Http;

namespace CallCenter.Standalone.Hosting;

/// <summary>What the program answers while it reads its journal.</summary>
internal static class Starting
{
    /// <summary>503 to everything. Health says so too by its status, which is all that many a load balancer looks at.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        var answer = context.Request.Path.Equals("/api/health", StringComparison.OrdinalIgnoreCase)
            ? new ApiResponse(503, ApiResponse.JsonType, """{"status":"starting","host":"standalone"}"""u8.ToArray())
            : Problem.Of(503, "This program is starting: reading its journal. Try again in a moment.");
        return answer.With("Retry-After", "1").With("Cache-Control", "no-store").With("X-Content-Type-Options", "nosniff").WriteToAsync(context);
    }
}
