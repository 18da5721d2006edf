using System.Text.Json;
using CallCenter.Api.Instances;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>An instance as an execution.</summary>
/// <param name="Arn">Its ARN, as its caller writes it.</param>
/// <param name="Served">Its workflow.</param>
/// <param name="State">The instance.</param>
internal sealed record Execution(Arn Arn, ServedWorkflow Served, OrchestrationState State)
{
    /// <summary>Where it stands, in AWS's words.</summary>
    public string Status => ExecutionStatus.Of(State.RuntimeStatus);

    /// <summary>Writes what lists show of it too.</summary>
    public void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteString("executionArn", Arn.Text);
        writer.WriteString("stateMachineArn", Arn.ToStateMachine());
        writer.WriteString("name", State.InstanceId);
        writer.WriteString("status", Status);
        writer.WriteTime("startDate", State.CreatedAt);
        if (State.HasEnded)
            writer.WriteTime("stopDate", State.LastUpdatedAt);
        // How often is not known, and no number is better than a wrong one.
        if (State.LayFailed == TimeSpan.Zero)
            writer.WriteNumber("redriveCount", 0);
    }

    /// <summary>Why it did not succeed; both null where it did, or nobody has said why.</summary>
    public (string? Error, string? Cause) Failure(InstanceView view) => State.RuntimeStatus switch
    {
        // This one has a name in Amazon States Language, and it is the message.
        OrchestrationRuntimeStatus.Failed when view.Error?.Message == NoChoiceMatchedException.ErrorName => (NoChoiceMatchedException.ErrorName, null),
        OrchestrationRuntimeStatus.Failed => (view.Error?.Type, view.Error?.Message),
        OrchestrationRuntimeStatus.Terminated => StopReason.Read(State.Output),
        _ => (null, null),
    };
}
