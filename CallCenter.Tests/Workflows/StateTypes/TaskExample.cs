using CallCenter.Durable.Definition;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

public sealed class TaskExample : Example<Guest, string>
{
    // <Task>
    private static readonly TaskState<Guest, string> Greet = new("Greet");

    public TaskExample() => Runs(Greet, (guest, cancellation) => Task.FromResult($"Hello {guest.Name}"));

    protected override async Task<string> RunAsync(Steps steps, Guest guest) => await steps.DoAsync(Greet, guest);

    public override IReadOnlyList<State> States => [Greet];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
    // </Task>
}

public sealed class ResultPathExample : Example<Parcel, Priced>
{
    // <ResultPath>
    private static readonly TaskState<Parcel, int> Quote = new("Quote") { ResultPath = "$.Price" };

    protected override async Task<Priced> RunAsync(Steps steps, Parcel parcel)
    {
        var price = await steps.DoAsync(Quote, parcel);
        return new Priced(parcel.Id, parcel.Weight, price);
    }
    // </ResultPath>

    public ResultPathExample() => Runs(Quote, (parcel, cancellation) => Task.FromResult(2 * parcel.Weight));

    public override IReadOnlyList<State> States => [Quote];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}

public sealed class ContextExample : Example<Guest, string>
{
    private static readonly TaskState<string, string> Log = new("Log");

    // <Context>
    protected override async Task<string> RunAsync(Steps steps, Guest guest) =>
        await steps.DoAsync(Log, $"{steps.Context.InstanceId} {steps.Context.CurrentUtcDateTime:yyyy} {steps.Attempt}");
    // </Context>

    public ContextExample() => Runs(Log, (text, cancellation) => Task.FromResult(text));

    public override IReadOnlyList<State> States => [Log];

    public override IReadOnlyList<WorkflowTransition> Ways => [];
}
