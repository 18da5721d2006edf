using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

[ErrorName("ParcelTooHeavy")]
public sealed class ParcelTooHeavyException() : Exception("Nobody carries that.");

/// <summary>Succeed and Fail: the two ways to end.</summary>
public sealed class EndExample : Example<Parcel, Parcel>
{
    private static readonly ChoiceState CanBeSent = new("Can be sent");

    // <Succeed>
    private static readonly SucceedState Sent = new("Sent");
    // </Succeed>

    // <Fail>
    private static readonly FailState Refused = FailState.Of<ParcelTooHeavyException>("Refused", "Nobody carries that.");
    // </Fail>

    public override IReadOnlyList<State> States => [CanBeSent, Sent, Refused];

    public override IReadOnlyList<WorkflowTransition> Ways =>
    [
        CanBeSent.When(new("$.Weight") { NumericLessThan = 100 }, Sent, "under 100 kg"),
        CanBeSent.Otherwise(Refused),
    ];

    protected override Task<Parcel> RunAsync(Steps steps, Parcel parcel)
    {
        // <End>
        if (steps.Choose(CanBeSent, parcel) == Refused.Name)
            throw new ParcelTooHeavyException();
        return Task.FromResult(steps.Succeed(Sent, parcel));
        // </End>
    }
}
