namespace CallCenter.Standalone.Runtime;

/// <summary>How the embedded runtime behaves.</summary>
public sealed record RuntimeOptions
{
    /// <summary>How many activities may run at a time (<c>CallCenter:MaxConcurrentActivities</c>).</summary>
    public int MaxConcurrentActivities { get; init; } = 64;

    /// <summary>How much work may wait before new starts are refused (<c>CallCenter:MaxPending</c>): activities that run or wait, and starts that are not on disk.</summary>
    public int MaxPending { get; init; } = 20_000;

    /// <summary>How long a shutdown lets running activities go on (<c>CallCenter:ShutdownSeconds</c>).</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many restarts in a row an instance may have been taken up again without progress, before it is failed.</summary>
    public int MaxRecoveries { get; init; } = 5;

    /// <summary>The file in which a start notes the instance that it is taking up; null for none.</summary>
    public string? RecoveryMark { get; init; }
}
