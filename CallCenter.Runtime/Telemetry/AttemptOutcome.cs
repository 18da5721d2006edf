namespace CallCenter.Runtime.Telemetry;

/// <summary>What became of one attempt at an activity.</summary>
internal enum AttemptOutcome
{
    /// <summary>It gave a result.</summary>
    Ok,

    /// <summary>It failed, and there will be another.</summary>
    Retry,

    /// <summary>It failed, and was the last.</summary>
    Failed,

    /// <summary>The end of the program or of the instance cut it off.</summary>
    Cancelled,
}

internal static class AttemptOutcomes
{
    public static string Name(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Ok => "ok",
        AttemptOutcome.Retry => "retry",
        AttemptOutcome.Failed => "failed",
        _ => "cancelled",
    };
}
