using CallCenter.Durable.Settings;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The default worker: it tosses a coin, as the tutorial's function does.</summary>
/// <param name="resolveProbability">The chance that a case is resolved, 0 to 1 (<c>CallCenter:ResolveProbability</c>).</param>
/// <param name="workTime">How long the work takes (<c>CallCenter:WorkSeconds</c>): more than nothing lets one watch it.</param>
public sealed class CoinTossWorker(double resolveProbability, TimeSpan workTime = default) : ICaseWorker
{
    /// <summary>The worker of the settings.</summary>
    /// <exception cref="InvalidSettingException">A setting is wrong: the host should not start.</exception>
    public static CoinTossWorker Read(SettingsReader settings) => new(
        settings.Number("ResolveProbability", 0.5, (0, 1)),
        // An hour: the Functions host lets an activity run no longer.
        TimeSpan.FromSeconds(settings.Number("WorkSeconds", 0, (0, 3600))));

    /// <inheritdoc/>
    public async Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
    {
        if (workTime > TimeSpan.Zero)
            await Task.Delay(workTime, cancellation);
        return Random.Shared.NextDouble() < resolveProbability ? 1 : 0;
    }
}
