using System.Diagnostics;
using System.Runtime.InteropServices;
using CallCenter.Runtime;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;

namespace CallCenter.Standalone.Hosting;

/// <summary>
/// The runtime behind the port. It begins once the program listens, and answers every request from then on. It ends with the program:
/// requests and activities that are under way have <c>ShutdownSeconds</c> to end, together, and the journal is closed after both.
/// </summary>
internal sealed class RuntimeService(
    StandaloneSettings settings, IServer server, ILoggerFactory loggers, IHostApplicationLifetime lifetime, RuntimeTelemetry telemetry)
    : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>How long a request may go on in which the caller, not we, is slow: no answer of ours takes this long once nobody waits for a case.</summary>
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(5);

    /// <summary>How long the last answers have to leave, once nothing is under way any more.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RequestDelegate _answer = Starting.AnswerAsync;
    private EmbeddedRuntime? _runtime;
    private EmbeddedClient? _client;
    private PosixSignalRegistration? _hangup;
    private Task _drained = Task.CompletedTask;
    // The program itself counts as one until it begins to end.
    private int _requests = 1;

    /// <summary>How many instances were taken up again.</summary>
    public int Recovered => _runtime?.Recovered ?? 0;

    /// <summary>Opens the journal and takes up its cases; then the contract answers.</summary>
    /// <param name="registry">What the runtime runs.</param>
    /// <param name="options">How its store is kept.</param>
    /// <param name="files">The disk.</param>
    /// <param name="contract">What answers, over the runtime.</param>
    public async Task BeginAsync(
        OrchestrationRegistry registry, StoreOptions options, IFileLayer files, Func<EmbeddedRuntime, EmbeddedClient, RequestDelegate> contract)
    {
        var began = Stopwatch.GetTimestamp();
        var store = await InstanceStore.OpenAsync(options with { Metrics = telemetry.Journal }, files, loggers.CreateLogger<InstanceStore>(), lifetime.ApplicationStopping);
        try
        {
            _runtime = new EmbeddedRuntime(
                registry, store, settings.Runtime with { Telemetry = telemetry }, TimeProvider.System, loggers.CreateLogger<EmbeddedRuntime>());
        }
        catch
        {
            // The folder is free again for whoever comes next.
            await store.DisposeAsync();
            throw;
        }
        telemetry.Orchestrations.Recovered(Stopwatch.GetElapsedTime(began), _runtime.Recovered);
        new InstanceLog(loggers, settings.Workflows).Follow(_runtime);
        _client = new EmbeddedClient(_runtime);
        _answer = contract(_runtime, _client);
        // At once when it was told to end meanwhile.
        lifetime.ApplicationStopping.Register(() => _drained = _runtime.DrainAsync());
    }

    /// <summary>Answers a request, or says that the program is not ready to.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            await _answer(context);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // A closed terminal ends the program as SIGTERM does, which the host itself sees to.
        _hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>Left to itself, the server waits its whole time for connections on which nobody asks anything, and for bodies that do not come.</remarks>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var closed = server.StopAsync(cut.Token);
        Leave();
        var answered = Task.WhenAny(_answered.Task, Task.Delay(Answering, cancellationToken));
        await Task.WhenAll(_drained, answered).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cut.CancelAfter(Leaving);
        await closed;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _drained;
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hangup?.Dispose();
        _client?.Dispose();
        if (_runtime is not null)
            await _runtime.DisposeAsync();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _requests) == 0)
            _answered.TrySetResult();
    }
}
