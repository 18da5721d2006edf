using CallCenter.Standalone.Runtime;
using CallCenter.Standalone.Runtime.Storage;

namespace CallCenter.Standalone.Hosting;

/// <summary>The runtime behind the port: it begins once the program listens, answers every request from then on, and ends with the program.</summary>
internal sealed class RuntimeService(StandaloneSettings settings, ILoggerFactory loggers, IHostApplicationLifetime lifetime) : IHostedService, IAsyncDisposable
{
    private volatile RequestDelegate _answer = Starting.AnswerAsync;
    private EmbeddedRuntime? _runtime;
    private EmbeddedClient? _client;

    /// <summary>How many instances were taken up again.</summary>
    public int Recovered => _runtime?.Recovered ?? 0;

    /// <summary>Opens the journal and takes up its cases; then the contract answers.</summary>
    /// <param name="registry">What the runtime runs.</param>
    /// <param name="options">How its store is kept.</param>
    /// <param name="files">The disk.</param>
    /// <param name="contract">What answers, over the runtime.</param>
    public async Task BeginAsync(OrchestrationRegistry registry, StoreOptions options, IFileLayer files, Func<EmbeddedRuntime, EmbeddedClient, RequestDelegate> contract)
    {
        var store = await InstanceStore.OpenAsync(options, files, loggers.CreateLogger<InstanceStore>(), lifetime.ApplicationStopping);
        try
        {
            _runtime = new EmbeddedRuntime(registry, store, settings.Runtime, TimeProvider.System, loggers.CreateLogger<EmbeddedRuntime>());
        }
        catch
        {
            // The folder is free again for whoever comes next.
            await store.DisposeAsync();
            throw;
        }
        new CaseLog(loggers).Follow(_runtime);
        lifetime.ApplicationStopping.Register(_runtime.BeginStop);
        _client = new EmbeddedClient(_runtime);
        _answer = contract(_runtime, _client);
    }

    /// <summary>Answers a request, or says that the program is not ready to.</summary>
    public Task AnswerAsync(HttpContext context) => _answer(context);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _runtime?.StopAsync() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_runtime is not null)
            await _runtime.DisposeAsync();
    }
}
