using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed class PassExample : Example<Parcel, Priced>
{
    // <Pass>
    private static readonly PassState FlatRate = new("Flat rate", Result: 5) { ResultPath = "$.Price" };

    protected override Task<Priced> RunAsync(Steps steps, Parcel parcel)
    {
        var priced = steps.Pass(FlatRate, parcel, new Priced(parcel.Id, parcel.Weight, Price: 5));
        return Task.FromResult(priced);
    }
    // </Pass>

    public override IReadOnlyList<State> States => [FlatRate];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}

public sealed class WaitExample : Example<Pickup, Pickup>
{
    // <Wait>
    private static readonly WaitState CoolDown = new("Cool down", Seconds: 1);
    private static readonly WaitState UntilPickup = new("Until pickup") { TimestampPath = "$.Until" };

    protected override async Task<Pickup> RunAsync(Steps steps, Pickup pickup)
    {
        pickup = await steps.WaitAsync(CoolDown, pickup, TimeSpan.FromSeconds(1));
        return await steps.WaitUntilAsync(UntilPickup, pickup, pickup.Until);
    }
    // </Wait>

    public override IReadOnlyList<State> States => [CoolDown, UntilPickup];

    public override IReadOnlyList<WorkflowTransition> Ways => [CoolDown.Then(UntilPickup)];
}
