using System.Text.Json;
using CallCenter.Durable;
using CallCenter.Durable.Events;
using CallCenter.Durable.Schema;

namespace CallCenter.Api.Workflows;

/// <summary>An event that the contract takes answers for.</summary>
public sealed class ServedEvent
{
    internal ServedEvent(IWorkflow workflow, EventDefinition definition)
    {
        Definition = definition;
        Schema = InputSchema.Of(definition.Payload, workflow.Json.SerializerOptions.TypeInfoResolver);
        Published = [.. workflow.Json.SerializerOptions.GetTypeInfo(definition.Payload).Properties
            .Where(member => member.AttributeProvider?.IsDefined(typeof(PublishedAttribute), false) == true)
            .Select(member => member.Name)];
        Remarks = [.. Published.Where(name => name != definition.By && Schema.Json["properties"]?[name]?["type"]?.ToString() == "string")];
        States = [.. workflow.Definition.States.Where(state => state.WaitsFor == definition.Name).Select(state => state.Name)];
    }

    /// <summary>The event.</summary>
    public EventDefinition Definition { get; }

    /// <summary>What an answer may hold.</summary>
    public InputSchema Schema { get; }

    /// <summary>The states that wait for it.</summary>
    public IReadOnlyList<string> States { get; }

    /// <summary>The members of an answer that the step which took it shows.</summary>
    internal IReadOnlyList<string> Published { get; }

    /// <summary>Those of them that say more of the answer: texts that are for people, but for the name of who answered.</summary>
    internal IReadOnlyList<string> Remarks { get; }

    /// <summary>The answer as it is sent on: with its attempt and its own id.</summary>
    internal JsonElement Complete(JsonElement answer, int attempt, string answerId) => Schema.With(answer, ("attempt", attempt), ("answerId", answerId));
}
