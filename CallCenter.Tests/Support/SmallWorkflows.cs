using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Schema;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Support;

/// <summary>A workflow that has an event and no business key.</summary>
internal sealed class OrderWorkflow : Workflow<OrderWorkflow.Wanted, OrderWorkflow.Order>
{
    private static readonly EventDefinition<Approval> Approved = new("OrderApproved", path: "approval", from: "a manager") { By = "manager" };
    private static readonly TaskState<Wanted, Order> Approve = new("Approve", waitsFor: "OrderApproved");

    public override string Name => "OrderOrchestrator";
    public override string Description => "Orders something when a manager agrees.";
    public override string Item => "order";
    public override IReadOnlyList<State> States => [Approve];
    public override IReadOnlyList<WorkflowTransition> Ways => [];
    public override IReadOnlyList<EventDefinition> Events => [Approved];

    protected override Task<Order> RunAsync(Steps steps, Wanted input) => throw new NotSupportedException();

    internal sealed record Wanted
    {
        [JsonPropertyName("article"), StringLength(40), Example("pen")]
        public required string Article { get; init; }
    }

    internal sealed record Approval : IAnswer
    {
        [JsonPropertyName("approved"), JsonRequired]
        public bool Approved { get; init; }

        [JsonPropertyName("attempt"), Range(1, 3)]
        public int? Attempt { get; init; }

        [JsonPropertyName("manager"), StringLength(40), Published]
        public string? Manager { get; init; }

        [JsonPropertyName("answerId"), InternalValue, Published]
        public string? AnswerId { get; init; }
    }

    /// <summary>It is called like its instances, and holds a type that holds itself.</summary>
    internal sealed record Order(
        [property: JsonPropertyName("article")] string Article,
        [property: JsonPropertyName("from")] Place From,
        [property: JsonPropertyName("to"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Place? To);

    internal sealed record Place(
        [property: JsonPropertyName("town")] string Town,
        [property: JsonPropertyName("near"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Place? Near);
}

/// <summary>A workflow that has a business key and no event.</summary>
/// <param name="item">What one of its instances is called.</param>
/// <param name="collection">What many are called.</param>
internal sealed class MemoWorkflow(string item = "memo", string collection = "memos") : Workflow<MemoWorkflow.Memo, string>
{
    private static readonly TaskState<Memo, string> Keep = new("Keep");

    public override string Name => "MemoOrchestrator";
    public override string Description => "Keeps a memo.";
    public override string Item => item;
    public override string Collection => collection;
    public override BusinessKey Key => new("about", "About", InputMember: "subject", PayloadMember: "subject");
    public override IReadOnlyList<State> States => [Keep];
    public override IReadOnlyList<WorkflowTransition> Ways => [];

    protected override Task<string> RunAsync(Steps steps, Memo input) => throw new NotSupportedException();

    internal sealed record Memo
    {
        [JsonPropertyName("subject"), StringLength(40), IdText, Example("lunch")]
        public required string Subject { get; init; }
    }
}
