using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;

namespace CallCenter.Durable.States;

/// <summary>A state that makes its output of its input without an activity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">The output, where it is always the same; null when the code makes it, or hands the input on.</param>
public sealed record PassState(string Name, JsonNode? Result = null) : State(Name)
{
    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Pass) { Result = Result };
}

/// <summary>A state that waits for a time, and hands its input on. Exactly one of its three times is given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">How long, in seconds.</param>
public sealed record WaitState(string Name, int? Seconds = null) : State(Name)
{
    /// <summary>Where in the payload it stands how long, in seconds (<c>$.delay</c>).</summary>
    public string? SecondsPath { get; init; }

    /// <summary>Where in the payload it stands until when (<c>$.until</c>).</summary>
    public string? TimestampPath { get; init; }

    /// <inheritdoc/>
    internal override WorkflowState Describe() =>
        new(Name, StateType.Wait) { Seconds = Seconds, SecondsPath = SecondsPath, TimestampPath = TimestampPath };
}

/// <summary>A state that ends the workflow well.</summary>
/// <param name="Name">Its name.</param>
public sealed record SucceedState(string Name) : State(Name)
{
    /// <inheritdoc/>
    internal override WorkflowState Describe() => new(Name, StateType.Succeed);
}
