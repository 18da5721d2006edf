using System.Text;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Replaying;

/// <summary>Compares how a replayed run stands with what is recorded.</summary>
internal static class ReplayVerdict
{
    private const int LongestShown = 200;

    /// <summary>Ends that are the runtime's, not the code's: a replay does not come to them.</summary>
    private static readonly string[] OfTheRuntime =
    [
        ErrorDetails.NameOf(typeof(HistoryTooLongException)),
        ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)),
        ErrorDetails.NameOf(typeof(NonDeterministicOrchestrationException)),
    ];

    /// <summary>An error of which nothing is recorded but that there was one.</summary>
    public static ErrorDetails AnyError { get; } = new("", "");

    /// <param name="run">The run, after all of the history but its end.</param>
    /// <param name="end">The recorded end; null when the instance is open.</param>
    /// <param name="byMessage">Whether errors of one message are the same: the hosts call their types differently.</param>
    public static Replay Of(OrchestrationRun run, ExecutionEnded? end, bool byMessage = false)
    {
        var found = run.Outcome;
        if (run.Fatal is NonDeterministicOrchestrationException broken && !IsSame(end, found, byMessage))
            return new(ReplayOutcome.Diverges, $"step {broken.Sequence}: {broken.Expected}", broken.Found);
        return (end, found) switch
        {
            (null, null) or (ExecutionTerminated, null) => Replay.Same,
            // Taken up by this code it would end at once, where it waits now.
            (null, _) => new(ReplayOutcome.Diverges, "an instance that goes on", Describe(found)),
            (ExecutionFailed failed, null) when OfTheRuntime.Contains(failed.Error.Type) => Replay.Same,
            (_, null) => new(ReplayOutcome.EndsOtherwise, Describe(end), $"goes on and waits for {Open(run)}"),
            _ => IsSame(end, found, byMessage) ? Replay.Same : new(ReplayOutcome.EndsOtherwise, Describe(end), Describe(found)),
        };
    }

    private static bool IsSame(ExecutionEnded? recorded, ExecutionEnded? found, bool byMessage) => (recorded, found) switch
    {
        (ExecutionCompleted one, ExecutionCompleted other) => IsSame(one.Output, other.Output),
        (ExecutionFailed one, ExecutionFailed other) => one.Error == AnyError || (byMessage ? one.Error.Message == other.Error.Message : one.Error == other.Error),
        _ => false,
    };

    private static bool IsSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span))
            return true;
        using var first = JsonDocument.Parse(one);
        using var second = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }

    private static string Describe(ExecutionEnded end) => end switch
    {
        ExecutionCompleted completed => $"completed with {Cut(Encoding.UTF8.GetString(completed.Output.Span))}",
        ExecutionFailed failed => $"failed with {Cut($"{failed.Error.Type}: {failed.Error.Message}")}",
        _ => "terminated",
    };

    /// <summary>What the orchestration has asked for and waits for.</summary>
    public static string Open(OrchestrationRun run) =>
        run.Open.Count == 0 ? "nothing" : string.Join(" and ", run.Open.Select(step => step.Description));

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
