namespace CallCenter.Runtime.Replaying;

/// <summary>What this build's code makes of a history.</summary>
internal enum ReplayOutcome
{
    /// <summary>The same steps and the same end, or it waits for the same.</summary>
    Same,

    /// <summary>The same steps, and after them another end, or none.</summary>
    EndsOtherwise,

    /// <summary>Other steps: an instance with such a history would fail, or end, when it is taken up.</summary>
    Diverges,

    /// <summary>The history cannot be read.</summary>
    Unreadable,
}

/// <summary>One history against this build's code.</summary>
/// <param name="Outcome">How they fit.</param>
/// <param name="Expected">What the history holds, where they differ.</param>
/// <param name="Found">What the code did.</param>
internal sealed record Replay(ReplayOutcome Outcome, string Expected = "", string Found = "")
{
    public static Replay Same { get; } = new(ReplayOutcome.Same);

    /// <summary>The history of an orchestration that this build has no code for.</summary>
    public static Replay Unknown(string name) => new(ReplayOutcome.Diverges, $"the orchestration '{name}'", "this build has none of that name");
}
