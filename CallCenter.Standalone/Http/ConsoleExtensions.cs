using CallCenter.Api;

namespace CallCenter.Standalone.Http;

/// <summary>Serves the console from ASP.NET Core.</summary>
public static class ConsoleExtensions
{
    /// <summary>Answers every request that is the console's (<see cref="ConsoleFiles.Owns"/>), and leaves all others to what comes after.</summary>
    public static IApplicationBuilder UseConsole(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.ToApiRequest();
        return ConsoleFiles.Owns(request.Path) ? ConsoleFiles.Handle(request).WriteToAsync(context) : next(context);
    });
}
