using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Definition;

/// <summary>A workflow with states of all eight types, and nearly everything that they can have.</summary>
internal static class Orders
{
    public static WorkflowDefinition Definition { get; } = new(
        "OrderOrchestrator",
        "Checks an order, packs its items and ships it.",
        "Prepare",
        [
            new("Prepare", StateType.Pass) { Result = JsonNode.Parse("""{"delay":1,"express":true,"weight":3,"items":["pen","cup"]}""") },
            new("Cool down", StateType.Wait) { SecondsPath = "$.delay" },
            new("Check", StateType.Parallel)
            {
                ResultPath = "$.checks",
                Branches =
                [
                    new("Check stock", [new("Check stock", StateType.Task, "CheckStock") { End = true }], []),
                    new(
                        "Breathe",
                        [new("Breathe", StateType.Wait) { Seconds = 1 }, new("Check credit", StateType.Task, "CheckCredit") { End = true }],
                        [new("Breathe", "Check credit", TransitionKind.Next)]),
                ],
            },
            new("Pack each", StateType.Map)
            {
                ItemsPath = "$.items",
                ResultPath = "$.packed",
                ItemProcessor = new("Pack", [new("Pack", StateType.Task, "Pack") { End = true }], []),
            },
            new("How to ship", StateType.Choice),
            new("Fly", StateType.Task, "Fly") { ResultPath = "$.shipped" },
            new("Drive", StateType.Task, "Drive") { ResultPath = "$.shipped" },
            new("Shipped", StateType.Succeed) { End = true },
            new("Refused", StateType.Fail) { End = true, Error = "OrderRefused", Cause = "A check failed." },
        ],
        [
            new("Prepare", "Cool down", TransitionKind.Next),
            new("Cool down", "Check", TransitionKind.Next),
            new("Check", "Pack each", TransitionKind.Next),
            new("Check", "Refused", TransitionKind.Catch) { Label = "a check failed", Errors = ["States.ALL"] },
            new("Pack each", "How to ship", TransitionKind.Next),
            new("How to ship", "Fly", TransitionKind.Choice)
            {
                Label = "express, light",
                Condition = new()
                {
                    And =
                    [
                        new("$.express") { BooleanEquals = true },
                        new() { Not = new("$.weight") { NumericGreaterThanEquals = 10 } },
                    ],
                },
            },
            new("How to ship", "Drive", TransitionKind.Default) { Label = "otherwise" },
            new("Fly", "Shipped", TransitionKind.Next),
            new("Drive", "Shipped", TransitionKind.Next),
        ])
    {
        Retry = new RetryOptions(),
    };
}
