using System.Collections.Immutable;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime;

/// <summary>How the embedded runtime behaves.</summary>
public sealed record RuntimeOptions
{
    /// <summary>How many activities may run at a time (<c>CallCenter:MaxConcurrentActivities</c>).</summary>
    public int MaxConcurrentActivities { get; init; } = 64;

    /// <summary>
    /// How many of one name may run at a time (<c>CallCenter:MaxConcurrentActivitiesOf:WorkOnCase</c>), by the names of activities;
    /// those that are not here share all the places.
    /// </summary>
    public IReadOnlyDictionary<string, int> MaxConcurrentActivitiesOf { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>
    /// How much work may wait before new starts are refused (<c>CallCenter:MaxPending</c>):
    /// activities that run or wait, and starts that are not on disk.
    /// </summary>
    public int MaxPending { get; init; } = 20_000;

    /// <summary>How long a shutdown lets running activities go on (<c>CallCenter:ShutdownSeconds</c>).</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an activity may run before its attempt counts as failed
    /// (<c>CallCenter:ActivityTimeoutSeconds</c>); null for as long as it likes.
    /// </summary>
    public TimeSpan? ActivityTimeout { get; init; }

    /// <summary>How many instances may be unfinished before new starts are refused (<c>CallCenter:MaxUnfinished</c>).</summary>
    public int MaxUnfinished { get; init; } = 1_000_000;

    /// <summary>How many instances that have nothing to do but wait stay in memory: the last that came to rest.</summary>
    internal int MaxIdle { get; init; } = 2_000;

    /// <summary>
    /// How many events the history of an instance may hold (<c>CallCenter:MaxHistoryEvents</c>), as many as on Step Functions;
    /// the instance fails when they are used up.
    /// </summary>
    public int MaxHistoryEvents { get; init; } = 25_000;

    /// <summary>How many external events are kept for an instance that does not await them (<c>CallCenter:MaxKeptEvents</c>); more are refused.</summary>
    public int MaxKeptEvents { get; init; } = 1_000;

    /// <summary>At how many ends of the program in a row one thing must have been under way before it is failed.</summary>
    public int MaxRecoveries { get; init; } = 5;

    /// <summary>The file of the <see cref="Runtime.FlightRecorder"/>; null for none.</summary>
    public string? FlightRecorder { get; init; }

    /// <summary>The file of the <see cref="Runtime.StartLog"/>; null for none.</summary>
    public string? StartLog { get; init; }

    /// <summary>Where it tells what it does; null for something of its own. Whoever gives one disposes it.</summary>
    internal RuntimeTelemetry? Telemetry { get; init; }
}
