namespace CallCenter.Workflows.CallCenter;

/// <summary>The default worker: it tosses a coin, as the tutorial's function does.</summary>
/// <param name="resolveProbability">The chance that a case is resolved, 0 to 1 (<c>CallCenter:ResolveProbability</c>).</param>
/// <param name="workTime">How long the work takes (<c>CallCenter:WorkSeconds</c>): more than nothing lets one watch it.</param>
public sealed class CoinTossWorker(double resolveProbability, TimeSpan workTime = default) : ICaseWorker
{
    /// <inheritdoc/>
    public async Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
    {
        if (workTime > TimeSpan.Zero)
            await Task.Delay(workTime, cancellation);
        return Random.Shared.NextDouble() < resolveProbability ? 1 : 0;
    }
}
