using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Api;

namespace CallCenter.Standalone.Http;

/// <summary>
/// The key of a host that others can reach. Without a key the host serves its own machine alone; with one, whoever calls shows
/// it as <c>x-functions-key</c> or <c>?code=</c>, as on Azure Functions.
/// </summary>
public static class ApiKeyExtensions
{
    /// <summary>The setting.</summary>
    public const string Setting = "CallCenter:ApiKey";

    private const string Header = "x-functions-key";
    private const string Parameter = "code";

    /// <summary>The configured key, or null.</summary>
    public static string? ApiKey(this IConfiguration configuration) => configuration[Setting] is { } key && !string.IsNullOrWhiteSpace(key) ? key : null;

    /// <summary>Stops the start, before anything listens, when there is no key and an address is not the machine's own.</summary>
    public static WebApplicationBuilder RefuseOpenAddressWithoutKey(this WebApplicationBuilder builder)
    {
        var key = builder.Configuration.ApiKey();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            // Unix sockets and pipes have no address: the file system guards them.
            if (key is null && endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
                throw new InvalidOperationException(
                    $"The address {address} can be reached from other machines, and no key is set. Set {Setting} (environment: CallCenter__ApiKey), or listen on 127.0.0.1.");
        }));
        return builder;
    }

    /// <summary>
    /// Answers 401 to every call without the key; without a configured key it lets everything through. Pages that hold no data
    /// (the console's files, the OpenAPI document, the start page) are open: somebody must be able to enter the key.
    /// </summary>
    public static IApplicationBuilder UseApiKey(this IApplicationBuilder app, string? key)
    {
        if (key is null)
            return app;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return app.Use((context, next) => IsOpen(context) || Shows(context, hash) ? next(context) : Refusal().WriteToAsync(context));
    }

    /// <summary>Asked of the path as it was sent and as the server understands it: /console/../api is not the console.</summary>
    private static bool IsOpen(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && IsOpen(context.Request.Path) && IsOpen(new PathString(RawTarget.Of(context).Path));

    private static bool IsOpen(PathString path) => path == "/" || path == "/openapi.json" || path.StartsWithSegments("/console");

    /// <summary>Hashes are compared, in constant time: neither the key nor its length can be guessed from how long it takes.</summary>
    private static bool Shows(HttpContext context, byte[] hash)
    {
        var given = context.Request.Headers[Header].FirstOrDefault() ?? context.Request.Query[Parameter].FirstOrDefault();
        return given is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), hash);
    }

    private static ApiResponse Refusal() =>
        Problem.Of(401, $"This host wants a key. Send it as the header '{Header}' or as the query parameter '{Parameter}'.")
            .With("WWW-Authenticate", "ApiKey realm=\"CallCenter\"")
            .With("Cache-Control", "no-store");
}
