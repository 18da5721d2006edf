using CallCenter.Standalone.Runtime;

namespace CallCenter.Standalone.Hosting;

/// <summary>Ends the runtime with the program: SIGTERM and Ctrl+C take no more work, let activities end, and lose nothing.</summary>
internal sealed class RuntimeService(EmbeddedRuntime runtime, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(runtime.BeginStop);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync();
}
