using CallCenter.Api;
using CallCenter.Api.StepFunctions;
using CallCenter.Durable.Seams;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Standalone.Http.Proxy;

namespace CallCenter.Standalone.Http;

/// <summary>Serves the Step Functions API from ASP.NET Core.</summary>
internal static class StepFunctionsApiExtensions
{
    /// <summary>Answers every request that is meant for it, and leaves all others to what comes after. The keys of this host are the secret access keys.</summary>
    public static IApplicationBuilder UseStepFunctionsApi(this IApplicationBuilder app, ApiOptions options, IOrchestrationClient client)
    {
        var ring = app.ApplicationServices.GetRequiredService<ApiKeyRing>();
        var wrong = app.ApplicationServices.GetRequiredService<WrongKeys>();
        var proxy = app.ApplicationServices.GetRequiredService<ProxySettings>();
        var api = new StepFunctionsApi(new StepFunctionsOptions(options)
        {
            Keys = () => ring.Current is { IsEmpty: false } keys ? [.. keys.All.Select(KeyOf)] : null,
            Addresses = request => Addresses((HttpContext)request.HostRequest!, request.Path, proxy),
            OnWrongKey = request => wrong.Count((HttpContext)request.HostRequest!),
        });
        // Every other request goes by here, too.
        return app.Use((context, next) => IsMeant(context) ? AnswerAsync(context) : next(context));

        async Task AnswerAsync(HttpContext context) => await (await api.HandleAsync(context.ToApiRequest(), client)).WriteToAsync(context);
    }

    /// <summary>True for a request that is meant for this API.</summary>
    public static bool IsMeant(HttpContext context) =>
        StepFunctionsApi.Owns(RawTarget.Of(context).Path, context.Request.Headers[StepFunctionsApi.Target].FirstOrDefault());

    private static AwsKey KeyOf(ApiKey key) => new(key.Secret, (operation, collection) =>
        KeyRoles.NeededFor(operation, collection) is var needed && key.Role < needed ? KeyRoles.Refusal(key, needed) : null);

    /// <summary>A proxy may pass on its own name, and the path with or without the prefix of the public address.</summary>
    private static IEnumerable<(string Host, string Path)> Addresses(HttpContext context, string path, ProxySettings proxy)
    {
        var host = context.Request.Headers.Host.ToString();
        string[] hosts = proxy.PublicUrl is null ? [host] : [host, proxy.PublicHost.Value!];
        string[] paths = proxy.Prefix.HasValue ? [path, proxy.Prefix.ToUriComponent() + path] : [path];
        return hosts.SelectMany(name => paths.Select(one => (name, one)));
    }
}
