using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed class ChoiceExample : Example<Parcel, Shipped>
{
    private static readonly ChoiceState HowHeavy = new("How heavy");
    private static readonly TaskState<Parcel, Shipped> Freight = new("Freight");
    private static readonly TaskState<Parcel, Shipped> Post = new("Post");

    // <Choice>
    public override IReadOnlyList<WorkflowTransition> Ways =>
    [
        HowHeavy.When(new("$.Weight") { NumericGreaterThanEquals = 20 }, Freight, "20 kg or more"),
        HowHeavy.Otherwise(Post),
    ];

    protected override async Task<Shipped> RunAsync(Steps steps, Parcel parcel) =>
        steps.Choose(HowHeavy, parcel) == Freight.Name
            ? await steps.DoAsync(Freight, parcel)
            : await steps.DoAsync(Post, parcel);
    // </Choice>

    public ChoiceExample()
    {
        Runs(Freight, (parcel, cancellation) => Task.FromResult(new Shipped(parcel.Id, "freight")));
        Runs(Post, (parcel, cancellation) => Task.FromResult(new Shipped(parcel.Id, "post")));
    }

    public override IReadOnlyList<State> States => [HowHeavy, Freight, Post];
}
