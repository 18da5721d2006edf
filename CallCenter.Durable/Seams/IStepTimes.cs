namespace CallCenter.Durable.Seams;

/// <summary>
/// A custom status that tells how long the steps of its instance took: so a runtime can keep figures without reading what it publishes.
/// See <see cref="IOrchestrationContext.SetCustomStatus"/>.
/// </summary>
public interface IStepTimes
{
    /// <summary>How many steps there are. All but the last have ended.</summary>
    int StepCount { get; }

    /// <summary>A step: its state, and when it began and ended (UTC); null while it is open.</summary>
    /// <param name="index">From 0 on, in the order in which they were taken.</param>
    (string State, DateTime StartedAt, DateTime? EndedAt) StepAt(int index);
}
