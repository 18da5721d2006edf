namespace CallCenter.Durable.Seams;

/// <summary>
/// A custom status that says what its instance waits for: so a runtime can list those that wait without reading what they publish.
/// See <see cref="IOrchestrationContext.SetCustomStatus"/>.
/// </summary>
public interface IWaiting
{
    /// <summary>The external event that the instance waits for; null when it waits for none.</summary>
    string? WaitingFor { get; }

    /// <summary>Until when (UTC); null for ever.</summary>
    DateTime? Deadline { get; }

    /// <summary>Since when it waits (UTC); null when it waits for none, or does not say.</summary>
    DateTime? WaitingSince => null;
}
