using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Schema;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Browser;

/// <summary>A leave request, which a manager decides: a small workflow that the console has never heard of.</summary>
internal sealed class LeaveWorkflow : Workflow<LeaveInput, Leave>
{
    private static readonly TaskState<LeaveInput, Leave> RegisterLeave = new("Register", prefix: "Leave");
    private static readonly TaskState<Leave, Leave> Decide = new("Decide", prefix: "Leave", waitsFor: LeaveDecided.Event.Name);

    public LeaveWorkflow()
    {
        Runs(RegisterLeave, (input, _) => Task.FromResult(new Leave(input.Person, input.Days, null)));
        Runs(Decide, (leave, _) => Task.FromResult(leave));
    }

    public override string Name => "Leave";

    public override string Description => "Registers a leave request and has it decided.";

    public override string Item => "request";

    public override BusinessKey Key => new("person", "Person", InputMember: "person", PayloadMember: "person");

    public override IReadOnlyList<State> States => [RegisterLeave, Decide];

    public override IReadOnlyList<WorkflowTransition> Ways => [RegisterLeave.Then(Decide)];

    public override IReadOnlyList<EventDefinition> Events => [LeaveDecided.Event];

    protected override async Task<Leave> RunAsync(Steps steps, LeaveInput input)
    {
        var leave = await steps.DoAsync(RegisterLeave, input);
        var answer = await steps.WaitAsync(Decide, leave, LeaveDecided.Event, TimeSpan.FromHours(1));
        return steps.Leave(leave with { Approved = answer?.Approved ?? false });
    }
}

/// <summary>What is asked for.</summary>
internal sealed record LeaveInput
{
    [JsonPropertyName("person"), StringLength(40), IdText, Example("Ada")]
    public required string Person { get; init; }

    [JsonPropertyName("days"), Range(1, 30), Description("Half days count as whole ones.")]
    public int Days { get; init; } = 1;
}

/// <summary>What becomes of it.</summary>
internal sealed record Leave(
    [property: JsonPropertyName("person")] string Person,
    [property: JsonPropertyName("days")] int Days,
    [property: JsonPropertyName("approved")] bool? Approved);

/// <summary>The manager's answer.</summary>
[DisplayName("May they go?")]
internal sealed record LeaveDecided : IAnswer
{
    public static readonly EventDefinition<LeaveDecided> Event = new("LeaveDecided", path: "decision", from: "a manager");

    [JsonPropertyName("approved"), JsonRequired]
    public bool Approved { get; init; }

    [JsonPropertyName("attempt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(1, 9)]
    public int? Attempt { get; init; }

    [JsonPropertyName("manager"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), StringLength(40), Published]
    public string? Manager { get; init; }

    [JsonPropertyName("answerId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), StringLength(16), InternalValue, Published]
    public string? AnswerId { get; init; }
}
