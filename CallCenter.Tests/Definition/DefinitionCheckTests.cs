using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;

namespace CallCenter.Tests.Definition;

/// <summary>A definition that would be no valid state machine is refused when it is made, with a message that says what is wrong.</summary>
public sealed class DefinitionCheckTests
{
    private static readonly WorkflowState End = new("B", StateType.Succeed) { End = true };
    private static readonly WorkflowState Choose = new("A", StateType.Choice);
    private static readonly WorkflowState Do = new("A", StateType.Task, "Do");
    private static readonly WorkflowTransition Next = new("A", "B", TransitionKind.Next);
    private static readonly WorkflowTransition Is1 = new("A", "B", TransitionKind.Choice) { Condition = new("$.Status", 1) };
    private static readonly WorkflowTransition Caught = new("A", "B", TransitionKind.Catch) { Errors = ["States.ALL"] };

    private static readonly Dictionary<string, Func<WorkflowDefinition>> Broken = new()
    {
        ["A workflow needs a name: that of its orchestration."] = () => new(" ", "", "B", [End], []),
        ["The workflow W has no states."] = () => Make("A", [], []),
        ["The workflow W starts at 'C', which is none of its states: 'A', 'B'."] = () => Make("C", [Do, End], [Next]),
        ["The workflow W has two states named 'B'. A name stands for one state, those within Parallel and Map states included."] =
            () => Make("A", [Do, End, End], [Next]),
        ["Branch 1 of 'A' has two states named 'B'. A name stands for one state, those within Parallel and Map states included."] =
            () => Make("A", [new("A", StateType.Parallel) { Branches = [new("B", [End, End], [])] }, new("C", StateType.Succeed) { End = true }], [new("A", "C", TransitionKind.Next)]),
        ["Branch 2 of 'A' has two states named 'D'. A name stands for one state, those within Parallel and Map states included."] =
            () => Make("A", [new("A", StateType.Parallel) { End = true, Branches = [Branch("D"), Branch("D")] }], []),
        ["The workflow W has a state named ''. A name has 1 to 80 characters and stands on one line."] =
            () => Make("", [new("", StateType.Succeed) { End = true }], []),
        ["The workflow W has a state named 'a\nb'. A name has 1 to 80 characters and stands on one line."] =
            () => Make("a\nb", [new("a\nb", StateType.Succeed) { End = true }], []),
        ["The workflow W has a way from 'A' to 'C', but 'C' is none of its states: 'A', 'B'."] =
            () => Make("A", [Do, End], [Next, new("A", "C", TransitionKind.Option)]),
        ["The workflow W has a way from 'C' to 'A', but 'C' is none of its states: 'A', 'B'."] =
            () => Make("A", [Do, End], [Next, new("C", "A", TransitionKind.Option)]),
        ["Branch 1 of 'A' has a way from 'D' to 'B', but 'B' is none of its states: 'D'."] = () => Make(
            "A",
            [new("A", StateType.Parallel) { Branches = [new("D", [new("D", StateType.Pass)], [new("D", "B", TransitionKind.Next)])] }, End],
            [Next]),
        ["The workflow W has a state that no way from 'A' leads to: 'C'."] =
            () => Make("A", [Do, End, new("C", StateType.Task, "Do")], [Next, new("C", "A", TransitionKind.Next)]),
        ["The workflow W never ends: none of its states has End = true."] = () => Make("A", [Do], [new("A", "A", TransitionKind.Next)]),

        ["The Task state 'A' has no activity."] = () => Make("A", [new("A", StateType.Task), End], [Next]),
        ["The activity of 'A' is 'Do it'. Its name has 1 to 64 characters: A-Z, a-z, 0-9, - and _."] =
            () => Make("A", [new("A", StateType.Task, "Do it"), End], [Next]),
        ["The Wait state 'A' needs exactly one of seconds, a secondsPath and a timestampPath."] = () => Make("A", [new("A", StateType.Wait), End], [Next]),
        ["The Wait state 'A' waits -1 seconds. It needs 0 or more."] = () => Make("A", [new("A", StateType.Wait) { Seconds = -1 }, End], [Next]),
        ["'A' has the path 'until'. A path begins at the payload's root: $, or $.name."] =
            () => Make("A", [new("A", StateType.Wait) { TimestampPath = "until" }, End], [Next]),
        ["The Parallel state 'A' has no branches."] = () => Make("A", [new("A", StateType.Parallel) { Branches = [] }, End], [Next]),
        ["The Map state 'A' has no item processor."] = () => Make("A", [new("A", StateType.Map), End], [Next]),
        ["The Succeed state 'B' has Result, which belongs to Pass only."] = () => Make("A", [Do, End with { Result = JsonValue.Create(1) }], [Next]),
        ["The Choice state 'A' has ResultPath, which belongs to Task, Pass, Parallel, Map only."] =
            () => Make("A", [Choose with { ResultPath = "$.a" }, End], [Is1]),

        ["The Choice state 'A' has no ways to choose from."] =
            () => Make("A", [Choose, End], [new("A", "B", TransitionKind.Default)]),
        ["The Choice state 'A' has End = true. It always leads on."] = () => Make("A", [Choose with { End = true }, End], [Is1]),
        ["The Choice state 'A' has more than one default."] =
            () => Make("A", [Choose, End], [Is1, new("A", "B", TransitionKind.Default), new("A", "A", TransitionKind.Default)]),
        ["The way from 'A' to 'B' is of kind Next. A Choice state has ways of kind Choice, and one Default."] = () => Make("A", [Choose, End], [Is1, Next]),
        ["The way from 'A' to 'B' has no condition."] = () => Make("A", [Choose, End], [new("A", "B", TransitionKind.Choice)]),
        ["The way from 'A' to 'B' has a condition with 0 comparisons. It needs a variable and exactly one, or And, Or or Not."] = () => Choice(new("$.a")),
        ["The way from 'A' to 'B' has a condition with 2 comparisons. It needs a variable and exactly one, or And, Or or Not."] =
            () => Choice(new("$.a", 1) { IsNull = true }),
        ["The way from 'A' to 'B' has a condition with 1 comparisons. It needs a variable and exactly one, or And, Or or Not."] =
            () => Choice(new() { Not = new(null, 1) }),
        ["The way from 'A' to 'B' compares 'Status'. A path begins at the payload's root: $.name."] = () => Choice(new("Status", 1)),
        ["The way from 'A' to 'B' has a condition that mixes And, Or, Not and comparisons. Each goes into a condition of its own."] =
            () => Choice(new("$.a", 1) { Not = new("$.b", 1) }),
        ["The way from 'A' to 'B' has an And or Or over no conditions."] = () => Choice(new() { Or = [] }),

        ["'A' has 0 ways of kind Next. It needs exactly one, or End = true."] = () => Make("A", [Do, End], [Caught]),
        ["'A' has 2 ways of kind Next. It needs exactly one, or End = true."] = () => Make("A", [Do, End], [Next, Next]),
        ["'A' has End = true and a way of kind Next. It can have one of both."] = () => Make("A", [Do with { End = true }, End], [Next]),
        ["The Succeed state 'B' ends the process: it has End = true and no way on."] = () => Make("A", [Do, End with { End = false }], [Next]),
        ["The Fail state 'A' ends the process: it has End = true and no way on."] = () => Make("A", [new("A", StateType.Fail) { End = true }, End], [Next]),
        ["The way from 'A' to 'B' is of kind Choice, but 'A' is no Choice state."] = () => Make("A", [Do, End], [Next, Is1]),
        ["The way from 'A' to 'B' has a condition, but is no choice."] = () => Make("A", [Do, End], [Next with { Condition = new("$.a", 1) }]),
        ["The way from 'A' to 'B' has errors, but is no catch."] = () => Make("A", [Do, End], [Next with { Errors = ["States.ALL"] }]),
        ["The Wait state 'A' has a catch. Only Task, Parallel and Map states can fail."] =
            () => Make("A", [new("A", StateType.Wait) { Seconds = 1 }, End], [Next, Caught]),
        ["The way from 'A' to 'B' is a catch without errors. States.ALL catches them all."] = () => Make("A", [Do, End], [Next, Caught with { Errors = [] }]),
        ["The way from 'A' to 'B' catches States.ALL, which stands alone, and in the last catch."] =
            () => Make("A", [Do, End], [Next, Caught, Caught with { Errors = ["States.Timeout"] }]),
    };

    public static TheoryData<string> Messages => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void New_OfAFlowThatCannotRun_IsRefusedAndSaysWhy(string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(Broken[message]).Message);

    [Fact]
    public void New_LastTaskWithCatchAndOption_IsTaken() => Make(
        "A",
        [Do with { End = true }, End],
        [Caught, new("A", "A", TransitionKind.Option)]);

    private static WorkflowDefinition Make(string startAt, IReadOnlyList<WorkflowState> states, IReadOnlyList<WorkflowTransition> transitions) =>
        new("W", "", startAt, states, transitions);

    private static WorkflowDefinition Choice(ChoiceCondition condition) => Make("A", [Choose, End], [Is1 with { Condition = condition }]);

    private static WorkflowBranch Branch(string name) => new(name, [new(name, StateType.Succeed) { End = true }], []);
}
