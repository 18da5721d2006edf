using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Replaying;

/// <summary>Runs an orchestration against a history as a restart would, with nothing behind it: no activity runs, nothing is written.</summary>
internal static class HistoryReplay
{
    /// <param name="registry">This build's code.</param>
    /// <param name="id">The instance.</param>
    /// <param name="history">All that is recorded of it.</param>
    public static Replay Of(OrchestrationRegistry registry, string id, IReadOnlyList<HistoryEvent> history)
    {
        var name = ((ExecutionStarted)history[0]).Name;
        var (replayed, end) = Split(history);
        return registry.FindOrchestration(name) is { } code ? ReplayVerdict.Of(Run(registry, code, id, replayed), end) : Replay.Unknown(name);
    }

    /// <summary>The same without a verdict; null when there is no code for it.</summary>
    public static OrchestrationRun? Run(OrchestrationRegistry registry, string id, IReadOnlyList<HistoryEvent> history) =>
        registry.FindOrchestration(((ExecutionStarted)history[0]).Name) is { } code ? Run(registry, code, id, Split(history).Replayed) : null;

    private static OrchestrationRun Run(
        OrchestrationRegistry registry, OrchestrationRegistry.Orchestration code, string id, IReadOnlyList<HistoryEvent> history) =>
        new(id, code, registry.Json, history, strayed: () => { });

    /// <summary>An end that was taken back by a rewind stays where it is, and says nothing to the code.</summary>
    private static (IReadOnlyList<HistoryEvent> Replayed, ExecutionEnded? End) Split(IReadOnlyList<HistoryEvent> history)
    {
        List<HistoryEvent> replayed = [.. history.Where(item => item is not CustomStatusKept)];
        if (replayed[^1] is not ExecutionEnded end)
            return (replayed, null);
        replayed.RemoveAt(replayed.Count - 1);
        return (replayed, end);
    }
}
