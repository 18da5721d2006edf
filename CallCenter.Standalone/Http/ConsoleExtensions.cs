using CallCenter.Api.Console;
using CallCenter.Api.Http;

namespace CallCenter.Standalone.Http;

/// <summary>Serves the console from ASP.NET Core.</summary>
public static class ConsoleExtensions
{
    /// <summary>
    /// Answers every request that is the console's (<see cref="ConsoleFiles.Owns"/>), leads from <c>/</c> to it, and leaves all others to
    /// what comes after.
    /// </summary>
    public static IApplicationBuilder UseConsole(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.ToApiRequest();
        if (request.Path == "/")
            return Root(request, context.Request.PathBase).WriteToAsync(context);
        return ConsoleFiles.Owns(request.Path) ? ConsoleFiles.Handle(request).WriteToAsync(context) : next(context);
    });

    private static ApiResponse Root(ApiRequest request, PathString prefix) => request.Method is "GET" or "HEAD"
        ? new ApiResponse(302).With("Location", prefix.ToUriComponent() + "/console")
        : Problem.Of(405, "/ only leads to the console. It accepts: GET, HEAD.").With("Allow", "GET, HEAD");
}
