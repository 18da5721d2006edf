using System.Text.Json;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;

namespace CallCenter.Durable;

/// <summary>All that a host, the HTTP contract, the console and the exports need to know of a workflow.</summary>
public interface IWorkflow
{
    /// <summary>The name of its orchestration, the same in every history.</summary>
    string Name { get; }

    /// <summary>What one instance is called ("order"): in messages, and as the payload's name in the custom status.</summary>
    string Item { get; }

    /// <summary>What many are called ("orders"): their path under <c>/api</c>, and the name of a list.</summary>
    string Collection { get; }

    /// <summary>What it is called as a state machine, for callers of the Step Functions API; a setting may say otherwise.</summary>
    string StateMachine { get; }

    /// <summary>Where its settings stand under <c>CallCenter:</c>; empty for directly there.</summary>
    string Section { get; }

    /// <summary>By what people know an instance; null when by nothing but its instance id.</summary>
    BusinessKey? Key { get; }

    /// <summary>The flow as data.</summary>
    WorkflowDefinition Definition { get; }

    /// <summary>The type of its input. Its attributes say what may be in it.</summary>
    Type Input { get; }

    /// <summary>The type of what it ends with, which goes from step to step.</summary>
    Type Output { get; }

    /// <summary>The external events that it waits for.</summary>
    IReadOnlyList<EventDefinition> Events { get; }

    /// <summary>How its payloads are written.</summary>
    WorkflowJson Json { get; }

    /// <summary>Tells a runtime of its orchestration and its activities.</summary>
    void Register(IWorkflowRegistry registry);

    /// <summary>Why this host cannot run an instance with this input, in a sentence that says what would be right; null when it can.</summary>
    /// <param name="input">The input, complete and within its schema.</param>
    string? Refuse(JsonElement input);

    /// <summary>A custom status of an earlier version in the form of today's; null when it is one of today's.</summary>
    JsonElement? Upgrade(JsonElement status);
}

/// <summary>By what people know an instance.</summary>
/// <param name="Name">Its name in answers (<c>orderId</c>).</param>
/// <param name="Title">What a list says above it.</param>
/// <param name="InputMember">The member of the input that holds it.</param>
/// <param name="PayloadMember">The member of the payload that holds it, for lists that come without inputs.</param>
public sealed record BusinessKey(string Name, string Title, string InputMember, string PayloadMember);
