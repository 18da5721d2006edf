using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed record Approval(bool Approved, int? Attempt = null, string? AnswerId = null) : IAnswer;

/// <summary>A callback is an event; its time-out is the wait's.</summary>
public sealed class CallbackExample(TimeSpan time) : Example<Parcel, string>
{
    // <Callback>
    private static readonly EventDefinition<Approval> Approve = new("Approve", path: "approve", from: "a manager");
    private static readonly TaskState<Parcel, string> Ask = new("Ask", waitsFor: "Approve");

    protected override async Task<string> RunAsync(Steps steps, Parcel parcel)
    {
        var answer = await steps.WaitAsync(Ask, parcel, Approve, time);
        return steps.Leave(answer switch
        {
            null => "timed out",
            { Approved: true } => "approved",
            _ => "refused",
        });
    }
    // </Callback>

    public override IReadOnlyList<EventDefinition> Events => [Approve];

    public override IReadOnlyList<State> States => [Ask];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}
