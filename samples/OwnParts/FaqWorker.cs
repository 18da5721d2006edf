using CallCenter.Workflows.CallCenter;

namespace CallCenter.Samples.OwnParts;

/// <summary>Works on cases: resolves those that the list of frequent questions has an answer to.</summary>
/// <param name="topics">What there are answers about.</param>
public sealed class FaqWorker(IReadOnlyCollection<string> topics) : ICaseWorker
{
    /// <inheritdoc/>
    public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation) =>
        Task.FromResult(topics.Any(topic => supportCase.Case.Contains(topic, StringComparison.OrdinalIgnoreCase)) ? 1 : 0);
}
