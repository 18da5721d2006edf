using CallCenter.Api;
using CallCenter.Standalone.Hosting;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Management;
using CallCenter.Standalone.Runtime;
using CallCenter.Standalone.Runtime.Storage;
using CallCenter.Workflow;

namespace CallCenter.Standalone;

/// <summary>The program, put together: settings, store, runtime, HTTP.</summary>
public static class StandaloneHost
{
    /// <summary>Where it listens when nobody says otherwise: the port of the Functions host, on this machine alone.</summary>
    public const string DefaultUrl = "http://127.0.0.1:7071";

    /// <summary>Starts the host and runs it until it is told to end.</summary>
    /// <returns>The exit code: 0, or 1 when it could not start, with the reason on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await StartAsync(args);
            Welcome.Print(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception failure) when (failure is InvalidSettingException or StoreLockedException or StoreDamagedException or InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"CallCenter cannot start: {failure.Message}");
            return 1;
        }
    }

    /// <summary>Starts the host: its journal is read, its cases go on, and it listens.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="worker">Who works on cases; null for the coin of the settings.</param>
    public static Task<WebApplication> StartAsync(string[] args, ICaseWorker? worker = null) => StartAsync(args, worker, new DiskFileLayer());

    /// <summary>The same on another disk, with another store.</summary>
    internal static async Task<WebApplication> StartAsync(string[] args, ICaseWorker? worker, IFileLayer files, Func<StoreOptions, StoreOptions>? tuned = null)
    {
        // Settings lie beside the program, whatever folder it is started in.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, StandaloneSettings.Switches);
        builder.RefuseOpenAddressWithoutKey();
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var settings = StandaloneSettings.Read(builder.Configuration);
        worker ??= new CoinTossWorker(settings.ResolveProbability, settings.WorkTime);
        var defaults = CaseDefaults.FromConfiguration(name => builder.Configuration[name]);
        using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var options = new StoreOptions { Folder = settings.Data, Retention = settings.Retention };
        var store = await InstanceStore.OpenAsync(
            tuned?.Invoke(options) ?? options,
            files,
            logging.CreateLogger<InstanceStore>(),
            CancellationToken.None);
        try
        {
            var app = Build(builder, settings, store, worker);
            app.MapContract(defaults);
            await app.StartAsync();
            return app;
        }
        catch
        {
            // The folder is free again for whoever comes next.
            await store.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, StandaloneSettings settings, InstanceStore store, ICaseWorker worker)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(services => new EmbeddedRuntime(
            new OrchestrationRegistry().AddCallCenter(worker), store, settings.Runtime, TimeProvider.System, services.GetRequiredService<ILogger<EmbeddedRuntime>>()));
        builder.Services.AddSingleton<EmbeddedClient>();
        builder.Services.AddHostedService<RuntimeService>();

        var app = builder.Build();
        new CaseLog(app.Services.GetRequiredService<ILoggerFactory>()).Follow(app.Services.GetRequiredService<EmbeddedRuntime>());
        return app;
    }

    private static void MapContract(this WebApplication app, CaseInput defaults)
    {
        var (key, runtime, client) = (app.Configuration.ApiKey(), app.Services.GetRequiredService<EmbeddedRuntime>(), app.Services.GetRequiredService<EmbeddedClient>());
        string StatusUri(ApiRequest request, string id) => ApiOptions.ManagementUri(request, id, key);
        var api = new CallCenterApi(client, new ApiOptions
        {
            HostName = "standalone",
            Defaults = defaults,
            StatusUri = StatusUri,
            Health = () => runtime.Health,
            OnError = (error, request) => app.Logger.LogError(error, "{Method} {Path} failed", request.Method, request.Path),
        });
        app.UseBrowserGuard(key, app.Configuration["AllowedHosts"]);
        app.UseApiKey(key);
        app.UseConsole();
        app.UseCallCenterApi(api);
        new ManagementApi(client, StatusUri).Map(app);
        app.MapGet("/", () => Results.Redirect("/console"));
    }
}
