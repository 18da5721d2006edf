using CallCenter.Durable.Errors;

namespace CallCenter.Runtime;

/// <summary>
/// An orchestration was replayed and asked for something else than its history holds: its code has changed in a way that
/// running instances do not bear. The instance fails; once the code is mended, a rewind lets it go on.
/// </summary>
/// <param name="sequence">The number of the step, counted from 0 in the order in which the code asks for steps.</param>
/// <param name="expected">The step that the history holds.</param>
/// <param name="found">The step that the code asked for.</param>
[ErrorName("CallCenter.Standalone.Runtime.NonDeterministicOrchestrationException")]
public sealed class NonDeterministicOrchestrationException(int sequence, string expected, string found) : Exception(
    $"Step {sequence}: the history holds {expected}, but the code asked for {found}. " +
    "Running instances need the code that they were started with; fix it, then rewind the instance.")
{
    /// <summary>The number of the step.</summary>
    public int Sequence => sequence;

    /// <summary>The step that the history holds, in words.</summary>
    public string Expected => expected;

    /// <summary>The step that the code asked for, in words.</summary>
    public string Found => found;
}
