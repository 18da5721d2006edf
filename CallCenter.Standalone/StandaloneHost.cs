using CallCenter.Api;
using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Telemetry;
using CallCenter.Standalone.Commands;
using CallCenter.Standalone.Hosting;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Standalone.Http.Proxy;
using CallCenter.Standalone.Management;
using CallCenter.Standalone.Telemetry;

namespace CallCenter.Standalone;

/// <summary>The program, put together: settings, store, runtime, HTTP.</summary>
public static class StandaloneHost
{
    /// <summary>Where it listens when nobody says otherwise: the port of the Functions host, on this machine alone.</summary>
    public const string DefaultUrl = ListenAddresses.Default;

    /// <summary>Does what the command line asks for: starts the host and runs it until it is told to end, or one of the other things that <c>--help</c> lists.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="workflows">Makes the workflows that it runs, from its settings.</param>
    /// <returns>The exit code: 0, or 1 when it could not be done, with the reason on standard error.</returns>
    public static Task<int> RunAsync(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows) =>
        ProgramCommands.RunAsync(args, workflows, Console.Out, Console.Error);

    /// <summary>Starts the host: it listens, its journal is read, and its cases go on.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="workflows">Makes the workflows that it runs, from its settings.</param>
    public static Task<WebApplication> StartAsync(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows) =>
        StartAsync(args, workflows, new DiskFileLayer());

    /// <summary>The same on another disk, with another store.</summary>
    internal static async Task<WebApplication> StartAsync(
        string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, IFileLayer files, Func<StoreOptions, StoreOptions>? tuned = null)
    {
        var app = Build(args, workflows);
        var settings = app.Services.GetRequiredService<StandaloneSettings>();
        try
        {
            var runtime = app.Services.GetRequiredService<RuntimeService>();
            app.UseCallersFaults(app.Logger);
            app.Run(runtime.AnswerAsync);
            // Who cannot listen must not touch the journal: its cases would be begun only to be cut off.
            await app.StartAsync();
            var registry = RegistryOf(settings);
            var store = StoreOf(settings, registry);
            await runtime.BeginAsync(registry, tuned?.Invoke(store) ?? store, files, (engine, client) => Contract(app, engine, client, settings, files));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts the program together from its settings. Nothing listens yet, and the data folder has not been looked at.</summary>
    /// <exception cref="InvalidSettingException">A setting cannot be used, or is not known.</exception>
    internal static WebApplication Build(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows)
    {
        var builder = Configure(args);
        var settings = StandaloneSettings.Read(builder.Configuration, args, workflows);
        builder.AddProxy().AddApiKeys();
        builder.WebHost.UseUrls(ListenAddresses.Read(builder.Configuration));
        var connections = ConnectionLimit.Of(settings.MaxConnections);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = connections;
        });
        builder.WidenRequestLimits();
        builder.Logging.Harden();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Runtime.ShutdownTimeout);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<RuntimeTelemetry>();
        if (OtlpExport.Wanted(builder.Configuration) != default)
            builder.Services.AddSingleton<OtlpExport>();
        if (settings.Metrics)
            builder.Services.AddMetricsPage();
        builder.Services.AddSingleton<RuntimeService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RuntimeService>());

        var app = builder.Build();
        // Not when the first asks: what was before would not be counted. In this order, so that who listens goes before what is listened to.
        app.Services.GetRequiredService<RuntimeTelemetry>();
        app.Services.GetService<MeterReadings>();
        app.Services.GetService<OtlpExport>();
        if (connections < settings.MaxConnections)
        {
            app.Logger.LogWarning(
                "At most {Connections} connections at a time, not {Wanted}: this process may not open enough files for more (ulimit -n)",
                connections, settings.MaxConnections);
        }
        return app;
    }

    /// <summary>The settings alone.</summary>
    /// <exception cref="InvalidSettingException">A setting cannot be used, or is not known.</exception>
    internal static StandaloneSettings SettingsOf(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows) =>
        StandaloneSettings.Read(Configure(args).Configuration, args, workflows);

    /// <summary>Where a program with some settings listens.</summary>
    /// <exception cref="InvalidSettingException">A setting cannot be used, or is not known.</exception>
    internal static string[] AddressesOf(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows)
    {
        var configuration = Configure(args).Configuration;
        StandaloneSettings.Read(configuration, args, workflows);
        return ListenAddresses.Read(configuration);
    }

    /// <summary>How the store of some settings is kept.</summary>
    internal static StoreOptions StoreOf(StandaloneSettings settings, OrchestrationRegistry registry) =>
        new() { Folder = settings.Data, NameOf = HistoryReader.NameOf, KeyOf = registry.KeyOf, Retention = settings.Retention };

    /// <summary>What the workflows of some settings run.</summary>
    internal static OrchestrationRegistry RegistryOf(StandaloneSettings settings)
    {
        var registry = new OrchestrationRegistry();
        foreach (var served in settings.Workflows)
            served.Workflow.Register(registry);
        return registry;
    }

    private static WebApplicationBuilder Configure(string[] args)
    {
        // Settings lie beside the program, whatever folder it is started in.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, CommandLine.Switches);
        return builder;
    }

    private static HostHealth HealthOf(EmbeddedRuntime runtime, IFileLayer files, string folder)
    {
        var (waiting, oldest) = runtime.Waiting.Oldest(null);
        long? free = null;
        Quietly.Run(() => free = files.FreeBytes(folder));
        return new(runtime.Health)
        {
            IsReady = runtime.Store.Failure is null && !runtime.IsStopping,
            Backlog = runtime.Activities.Pending,
            Waiting = waiting,
            OldestWaiting = oldest,
            FreeBytes = free,
        };
    }

    private static RequestDelegate Contract(
        WebApplication app, EmbeddedRuntime runtime, EmbeddedClient client, StandaloneSettings settings, IFileLayer files)
    {
        static string StatusUri(ApiRequest request, string id) => ApiOptions.ManagementUri(request, id, Caller.KeyOf((HttpContext)request.HostRequest!));
        var options = new ApiOptions
        {
            HostName = "standalone",
            Workflows = settings.Workflows,
            StatusUri = StatusUri,
            ManagementUris = settings.ManagementUris,
            Figures = runtime.FiguresOf,
            Health = _ => Task.FromResult(HealthOf(runtime, files, settings.Data)),
            CallersFault = CallersFaultExtensions.Refusal,
            OnError = (error, request) => app.Logger.LogError(error, "{Method} {Path} failed", request.Method, request.Path),
        };
        var pipeline = ((IApplicationBuilder)app).New();
        var api = new CallCenterApi(options);
        pipeline.UseRequestSpans(api);
        pipeline.UseProxy().UseBrowserGuard();
        // Before the public address takes the place of the one that callers have signed; it looks at their keys itself.
        pipeline.UseStepFunctionsApi(options, client);
        pipeline.UsePublicUrl().UseApiKeys();
        pipeline.UseMetricsPage();
        pipeline.UseConsole();
        pipeline.UseCallCenterApi(api, client);
        new ManagementApi(client, StatusUri).Map(pipeline);
        return pipeline.Build();
    }
}
