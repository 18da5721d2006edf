using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

public sealed class WorkflowDefinitionTests
{
    private static readonly CaseInput Case001 = new() { InputCaseId = "001" };

    [Fact]
    public async Task Transitions_OfAllRuns_AreExactlyTheDeclaredOnes()
    {
        var taken = new HashSet<(string, string)>();
        taken.UnionWith(await TransitionsAsync(new ScriptedContext(1), Case001));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext(0), Case001));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext(2), Case001));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext(0, 1), Case001 with { OnEscalation = OnEscalation.WorkAgain }));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext { Failing = { ["WorkOnCase"] = new("E", "m") } }, Case001));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext { Failing = { ["OpenCase"] = new("E", "m") } }, Case001));
        taken.UnionWith(await TransitionsAsync(new ScriptedContext(), Case001 with { WorkMode = WorkMode.Agent }));

        Assert.Equal(
            TestWorkflows.CallCenter().Definition.Transitions.Select(way => (way.From, way.To)).Order(),
            taken.Order());
    }

    [Fact]
    public void States_OfTheDefinition_AreReachableAndNamedOnce()
    {
        var definition = TestWorkflows.CallCenter().Definition;
        var names = definition.States.Select(state => state.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.All(definition.Transitions, way => Assert.Subset(names.ToHashSet(), new HashSet<string> { way.From, way.To }));
        Assert.All(names, name => Assert.True(name == definition.StartAt || definition.Transitions.Any(way => way.To == name)));
        Assert.All(definition.States, state => Assert.Equal(state.End, definition.Transitions.All(way => way.From != state.Name)));
    }

    [Fact]
    public void Json_OfTheDefinition_StaysAsCallersKnowIt() => Assert.Equal(
        """{"name":"CallCenterOrchestrator","description":"Opens a support case, assigns it and works on it; closes it when it is resolved, escalates it when it is not.","startAt":"Open Case","states":["""
        + """{"name":"Open Case","type":"Task","activity":"OpenCase","end":false},"""
        + """{"name":"Assign Case","type":"Task","activity":"AssignCase","end":false},"""
        + """{"name":"Work on Case","type":"Task","activity":"WorkOnCase","waitsFor":"CaseWorked","end":false},"""
        + """{"name":"Is Case Resolved","type":"Choice","end":false},"""
        + """{"name":"Close Case","type":"Task","activity":"CloseCase","end":true},"""
        + """{"name":"Escalate Case","type":"Task","activity":"EscalateCase","end":false},"""
        + """{"name":"Fail","type":"Fail","end":true,"error":"CallCenter.Workflow.CaseEscalatedException","cause":"Engage Tier 2 Support."}],"transitions":["""
        + """{"from":"Open Case","to":"Assign Case","kind":"next"},"""
        + """{"from":"Assign Case","to":"Work on Case","kind":"next"},"""
        + """{"from":"Work on Case","to":"Is Case Resolved","kind":"next"},"""
        + """{"from":"Work on Case","to":"Escalate Case","kind":"catch","label":"Work on Case failed","errors":["States.TaskFailed"]},"""
        + """{"from":"Is Case Resolved","to":"Close Case","kind":"choice","label":"Status = 1","condition":{"variable":"$.Status","numericEquals":1}},"""
        + """{"from":"Is Case Resolved","to":"Escalate Case","kind":"choice","label":"Status = 0","condition":{"variable":"$.Status","numericEquals":0}},"""
        + """{"from":"Escalate Case","to":"Fail","kind":"next"},"""
        + """{"from":"Escalate Case","to":"Work on Case","kind":"option","label":"work again, if attempts are left"}]}""",
        JsonSerializer.Serialize(TestWorkflows.CallCenter().Definition, DefinitionJson.Default.WorkflowDefinition));

    [Fact]
    public void AmazonStatesLanguage_Export_HasTheTutorialsStructure()
    {
        var exported = JsonNode.Parse(AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition))!;

        Assert.Equal("Open Case", (string?)exported["StartAt"]);
        var states = exported["States"]!.AsObject();
        Assert.Equal(
            ["Open Case Task Assign Case", "Assign Case Task Work on Case", "Work on Case Task Is Case Resolved", "Is Case Resolved Choice ", "Close Case Task ", "Escalate Case Task Fail", "Fail Fail "],
            states.Select(state => $"{state.Key} {state.Value!["Type"]} {state.Value["Next"]}"));
        Assert.Equal(
            """[{"Variable":"$.Status","NumericEquals":1,"Next":"Close Case"},{"Variable":"$.Status","NumericEquals":0,"Next":"Escalate Case"}]""",
            states["Is Case Resolved"]!["Choices"]!.ToJsonString());
        Assert.True((bool)states["Close Case"]!["End"]!);
        Assert.Equal("Engage Tier 2 Support.", (string?)states["Fail"]!["Cause"]);
        Assert.Equal("Escalate Case", (string?)states["Work on Case"]!["Catch"]![0]!["Next"]);
        Assert.All(states.Where(state => (string?)state.Value!["Type"] == "Task"), state =>
        {
            Assert.EndsWith($":function:{state.Key.Replace(" ", "", StringComparison.Ordinal)}", (string?)state.Value!["Resource"], StringComparison.OrdinalIgnoreCase);
            Assert.Equal(2, (int)state.Value["Retry"]![0]!["MaxAttempts"]!);
        });
    }

    [Fact]
    public void Mermaid_Export_DrawsEveryTransition()
    {
        var lines = Mermaid.Export(TestWorkflows.CallCenter().Definition).Split('\n');

        Assert.Equal("stateDiagram-v2", lines[0]);
        Assert.Contains("    [*] --> OpenCase", lines);
        Assert.Contains("    IsCaseResolved --> CloseCase: Status = 1", lines);
        Assert.Contains("    EscalateCase --> WorkonCase: work again, if attempts are left", lines);
        Assert.Equal(TestWorkflows.CallCenter().Definition.Transitions.Count + 3, lines.Count(line => line.Contains("-->", StringComparison.Ordinal)));
    }

    /// <summary>The transitions of one run. A run that an error broke off did not take the way to Fail: it fell there.</summary>
    private static async Task<IEnumerable<(string, string)>> TransitionsAsync(ScriptedContext context, CaseInput input)
    {
        var broken = false;
        try
        {
            await context.RunAsync(input);
        }
        catch (Exception error)
        {
            broken = error is not CaseEscalatedException;
        }
        var path = broken ? context.Path[..^1] : context.Path;
        return path.Zip(path.Skip(1));
    }
}
