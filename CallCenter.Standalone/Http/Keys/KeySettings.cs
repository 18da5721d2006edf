using System.Net;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace CallCenter.Standalone.Http.Keys;

/// <summary>Where keys come from, and what they are needed for.</summary>
internal static class KeySettings
{
    /// <summary>The setting of a further file of settings, for keys that lie elsewhere: a mounted secret.</summary>
    public const string FileSetting = "CallCenter:KeysFile";

    /// <summary>
    /// Reads the keys, follows them while the program runs, and stops the start, before anything listens, when an address is not
    /// the machine's own and the keys do not suffice for that.
    /// </summary>
    public static WebApplicationBuilder AddApiKeys(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[FileSetting] is { } file && !string.IsNullOrWhiteSpace(file))
            builder.Configuration.Sources.Add(Polled(Path.GetFullPath(file)));
        var ring = new ApiKeyRing(builder.Configuration);
        foreach (var source in builder.Configuration.Sources.OfType<FileConfigurationSource>())
        {
            source.OnLoadException = failure =>
            {
                failure.Ignore = true;
                ring.Unreadable($"{failure.Exception.Message} {failure.Exception.InnerException?.Message}".TrimEnd());
            };
        }
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            // Unix sockets and pipes have no address: the file system guards them.
            if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
                ring.Expose($"{address}");
        }));
        builder.Services.AddSingleton(ring);
        builder.Services.AddSingleton(services => new WrongKeys(
            services.GetService<TimeProvider>() ?? TimeProvider.System, services.GetRequiredService<ILogger<ApiKeyRing>>()));
        return builder;
    }

    /// <summary>
    /// Looked at every few seconds: orchestrators replace a mounted secret by turning a link, which no watcher of the file sees.
    /// </summary>
    private static JsonConfigurationSource Polled(string path) => new()
    {
        FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(path)!) { UsePollingFileWatcher = true, UseActivePolling = true },
        Path = Path.GetFileName(path),
        ReloadOnChange = true,
    };
}
