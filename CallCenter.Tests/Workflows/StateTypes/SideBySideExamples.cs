using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed class ParallelExample : Example<Parcel, string[]>
{
    // <Parallel>
    private static readonly TaskState<Parcel, string> CheckAddress = new("Check address");
    private static readonly TaskState<Parcel, string> CheckCredit = new("Check credit");
    private static readonly ParallelState Check = new("Check", Branch.Of(CheckAddress), Branch.Of(CheckCredit));

    protected override async Task<string[]> RunAsync(Steps steps, Parcel parcel) =>
        await steps.WithinAsync(Check, parcel, () => Task.WhenAll(
            steps.CallAsync(CheckAddress, parcel),
            steps.CallAsync(CheckCredit, parcel)));
    // </Parallel>

    public ParallelExample()
    {
        Runs(CheckAddress, (parcel, cancellation) => Task.FromResult("address known"));
        Runs(CheckCredit, (parcel, cancellation) => Task.FromResult("credit good"));
    }

    public override IReadOnlyList<State> States => [Check];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}

public sealed class MapExample : Example<Basket, string[]>
{
    // <Map>
    private static readonly TaskState<string, string> Pack = new("Pack");
    private static readonly MapState PackEach = new("Pack each", Branch.Of(Pack), ItemsPath: "$.Items");

    protected override async Task<string[]> RunAsync(Steps steps, Basket basket) =>
        await steps.WithinAsync(PackEach, basket, () => Task.WhenAll(
            basket.Items.Select(item => steps.CallAsync(Pack, item))));
    // </Map>

    public MapExample() => Runs(Pack, (item, cancellation) => Task.FromResult($"{item} packed"));

    public override IReadOnlyList<State> States => [PackEach];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}
