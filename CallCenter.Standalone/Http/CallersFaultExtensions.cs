using CallCenter.Api.Http;
using Microsoft.AspNetCore.Connections;

namespace CallCenter.Standalone.Http;

/// <summary>
/// The outermost of all: whatever a caller does wrong is refused in words, on every path, and is no error of this program. What
/// Kestrel refuses before it makes a request of it never comes here (docs/standalone.md lists that).
/// </summary>
public static class CallersFaultExtensions
{
    /// <summary>Refuses requests whose head is wrong, gives words to refusals that have none, and logs only what is nobody's fault but ours.</summary>
    public static IApplicationBuilder UseCallersFaults(this IApplicationBuilder app, ILogger logger) => app.Use(async (context, next) =>
    {
        try
        {
            if (RequestLimits.Refusal(context) is { } refusal)
                await refusal.WriteToAsync(context);
            else
                await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 and < 500, ContentType: null })
                await Words(context).WriteToAsync(context);
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error, logger);
        }
    });

    /// <summary>The refusal of a request that could not be read through its caller's own fault; null for every other exception.</summary>
    public static ApiResponse? Refusal(Exception error) => error switch
    {
        UnreadableBodyException { InnerException: var broken } => Refusal(broken!) ?? UnreadableBodyException.Refusal(),
        BadHttpRequestException { StatusCode: 408 } => Problem.Of(408, "The body arrived too slowly. Send it again, at 240 bytes a second or faster."),
        BadHttpRequestException { StatusCode: 413 } => Problem.Of(413, $"The body may have at most {RequestBody.MaxLength:N0} bytes."),
        BadHttpRequestException bad => bad.StatusCode == 400 ? UnreadableBodyException.Refusal() : Problem.Of(bad.StatusCode, bad.Message),
        // Nobody reads this any more.
        ConnectionResetException or ConnectionAbortedException => UnreadableBodyException.Refusal(),
        _ => null,
    };

    private static async Task AnswerAsync(HttpContext context, Exception error, ILogger logger)
    {
        var gone = error is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;
        var refusal = Refusal(error);
        if (refusal is null && !gone)
            logger.LogError(error, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        if (context.Response.HasStarted || gone)
            context.Abort();
        else
            await (refusal ?? Problem.Of(500, "Something went wrong in the host; its log says what. Trying again may help.")).WriteToAsync(context);
    }

    private static ApiResponse Words(HttpContext context)
    {
        var (path, _) = RawTarget.Of(context);
        var shown = path.Length > 80 ? path[..80] + "..." : path;
        return Problem.Of(context.Response.StatusCode, context.Response.StatusCode switch
        {
            404 => $"There is nothing at {shown} for {context.Request.Method}. The API is described in /openapi.json; the console is at /console.",
            410 => "The instance has ended: it accepts nothing more.",
            var status => $"{context.Request.Method} {shown} was refused ({status}).",
        });
    }
}
