using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Replaying;

/// <summary>A workflow as somebody has changed it: some of its activities under other names, or one activity more before its end.</summary>
internal sealed class ChangedWorkflow(IWorkflow inner) : IWorkflow
{
    /// <summary>The name that is called in the place of another.</summary>
    public Dictionary<string, string> Swapped { get; init; } = [];

    /// <summary>An activity that is called at last.</summary>
    public string? OneMore { get; init; }

    public string Name => inner.Name;
    public string StateMachine => inner.StateMachine;
    public string Item => inner.Item;
    public string Collection => inner.Collection;
    public string Section => inner.Section;
    public BusinessKey? Key => inner.Key;
    public WorkflowDefinition Definition => inner.Definition;
    public Type Input => inner.Input;
    public Type Output => inner.Output;
    public IReadOnlyList<EventDefinition> Events => inner.Events;
    public WorkflowJson Json => inner.Json;

    public void Register(IWorkflowRegistry registry) => inner.Register(new Registry(this, registry));

    public string? Refuse(JsonElement input) => inner.Refuse(input);

    public JsonElement? Upgrade(JsonElement status) => inner.Upgrade(status);

    private sealed class Registry(ChangedWorkflow change, IWorkflowRegistry registry) : IWorkflowRegistry
    {
        public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) =>
            registry.AddOrchestration<TInput, TOutput>(name, async (context, input) =>
            {
                var output = await run(new Context(change, context), input);
                if (change.OneMore is { } more)
                    await context.CallActivityAsync<JsonElement>(more, "");
                return output;
            });

        public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) => registry.AddActivity(name, run);

        public void AddKey(string name, string member) => registry.AddKey(name, member);

        public void AddJson(IJsonTypeInfoResolver json) => registry.AddJson(json);
    }

    private sealed class Context(ChangedWorkflow change, IOrchestrationContext context) : IOrchestrationContext
    {
        public string InstanceId => context.InstanceId;
        public DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

        public Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null) =>
            context.CallActivityAsync<T>(change.Swapped.GetValueOrDefault(name, name), input, retryPolicy);

        public Task CreateTimerAsync(TimeSpan delay) => context.CreateTimerAsync(delay);

        public Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout) => context.WaitForExternalEventAsync<T>(name, timeout);

        public void SetCustomStatus(object? customStatus) => context.SetCustomStatus(customStatus);
    }
}
