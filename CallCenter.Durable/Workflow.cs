using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;
using CallCenter.Durable.States;
using CallCenter.Durable.Text;

namespace CallCenter.Durable;

/// <summary>A workflow: its states, the ways between them, and the flow as plain C#. Derive from it to write one.</summary>
/// <remarks>
/// <see cref="RunAsync(Steps, TInput)"/> is replayed from its history: it decides on nothing but its input and what its steps give it.
/// Randomness, clocks and the outside world belong into activities.
/// </remarks>
/// <typeparam name="TInput">What it is started with.</typeparam>
/// <typeparam name="TOutput">What it ends with.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
    where TInput : notnull
{
    private const string Orchestrator = "Orchestrator";

    private readonly List<Action<IWorkflowRegistry>> _activities = [];
    private readonly Lazy<WorkflowDefinition> _definition;
    private readonly Lazy<WorkflowJson> _json;

    /// <summary>Makes it; the activities are added by <c>Runs</c>.</summary>
    protected Workflow()
    {
        _definition = new(Define);
        _json = new(() => GeneratedJson is { } generated ? new WorkflowJson(generated) : new WorkflowJson());
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public abstract string Item { get; }

    /// <inheritdoc/>
    public virtual string Collection => Item + "s";

    /// <summary>Its orchestration's name with <c>StateMachine</c> in place of <c>Orchestrator</c>, unless it says otherwise.</summary>
    public virtual string StateMachine => (Name.EndsWith(Orchestrator, StringComparison.Ordinal) ? Name[..^Orchestrator.Length] : Name) + nameof(StateMachine);

    /// <inheritdoc/>
    public virtual string Section => Words.Capitalized(Collection);

    /// <inheritdoc/>
    public virtual BusinessKey? Key => null;

    /// <summary>The states, in the order in which they are drawn; the first is where it starts.</summary>
    public abstract IReadOnlyList<State> States { get; }

    /// <summary>Every way from one state to another.</summary>
    public abstract IReadOnlyList<WorkflowTransition> Ways { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<EventDefinition> Events => [];

    /// <summary>Generated JSON code for its types; null leaves them to reflection.</summary>
    protected virtual IJsonTypeInfoResolver? GeneratedJson => null;

    /// <inheritdoc/>
    public WorkflowDefinition Definition => _definition.Value;

    /// <inheritdoc/>
    public WorkflowJson Json => _json.Value;

    /// <inheritdoc/>
    public Type Input => typeof(TInput);

    /// <inheritdoc/>
    public Type Output => typeof(TOutput);

    /// <summary>The flow: what is done in which order.</summary>
    protected abstract Task<TOutput> RunAsync(Steps steps, TInput input);

    /// <summary>Runs it on a durable runtime.</summary>
    public Task<TOutput> RunAsync(IOrchestrationContext context, TInput input) =>
        new Steps(context, this, Retry(input), input).RunAsync(steps => RunAsync(steps, input));

    /// <inheritdoc/>
    public void Register(IWorkflowRegistry registry)
    {
        registry.AddJson(WorkflowJson.Own);
        if (GeneratedJson is { } generated)
            registry.AddJson(generated);
        registry.AddOrchestration<TInput, TOutput>(Name, RunAsync);
        if (Key is { } key)
            registry.AddKey(Name, key.InputMember);
        _activities.ForEach(add => add(registry));
    }

    /// <inheritdoc/>
    public string? Refuse(JsonElement input) => Refuse(input.Deserialize((JsonTypeInfo<TInput>)Json.SerializerOptions.GetTypeInfo(typeof(TInput)))!);

    /// <inheritdoc/>
    public virtual JsonElement? Upgrade(JsonElement status) => null;

    /// <summary>Why this host cannot run an instance with this input, in a sentence that says what would be right; null when it can.</summary>
    protected virtual string? Refuse(TInput input) => null;

    /// <summary>How failures of its activities are tried again; null for not at all.</summary>
    protected virtual RetryPolicy? Retry(TInput input) => null;

    /// <summary>What <see cref="Retry"/> says for an input that says nothing: the exports show it; null for no retries.</summary>
    protected virtual RetryOptions? DefaultRetry => null;

    /// <summary>Says which code is a state's activity.</summary>
    protected void Runs<TIn, TOut>(TaskState<TIn, TOut> state, Func<TIn, CancellationToken, Task<TOut>> activity) =>
        Runs(state.Activity, activity);

    /// <summary>Says which code is an activity that is no state of its own.</summary>
    protected void Runs<TIn, TOut>(string name, Func<TIn, CancellationToken, Task<TOut>> activity) =>
        _activities.Add(registry => registry.AddActivity(name, activity));

    private WorkflowDefinition Define()
    {
        var flow = new Branch(States, Ways).Describe();
        return new(Name, Description, flow.StartAt, flow.States, flow.Transitions) { Retry = DefaultRetry };
    }
}
