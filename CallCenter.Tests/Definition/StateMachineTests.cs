using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;

namespace CallCenter.Tests.Definition;

/// <summary>The exported Amazon States Language, held to an independent validator and run by an independent interpreter, as it is.</summary>
public sealed class StateMachineTests
{
    private static readonly Dictionary<string, string> Lambdas = new()
    {
        ["OpenCase"] = "input => ({ Case: input.inputCaseID, Message: `Case ${input.inputCaseID}: opened...` })",
        ["AssignCase"] = "payload => ({ ...payload, Message: payload.Message + 'assigned...' })",
        ["WorkOnCase"] = "payload => ({ ...payload, Status: 1, Message: payload.Message + 'resolved...' })",
        ["CloseCase"] = "payload => ({ ...payload, Message: payload.Message + 'closed.' })",
        ["EscalateCase"] = "payload => ({ ...payload, Message: payload.Message + 'escalating.' })",
    };

    [StateMachineFact]
    public async Task CallCenter_Exported_IsValid() =>
        Assert.Empty((await StateMachineProgram.RunAsync(AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition))).Errors);

    [StateMachineFact]
    public async Task EveryStateType_Exported_IsValid() => Assert.Empty((await StateMachineProgram.RunAsync(AmazonStatesLanguage.Export(Orders.Definition))).Errors);

    [StateMachineFact]
    public async Task AnyName_Exported_IsValid() => Assert.Empty((await StateMachineProgram.RunAsync(AmazonStatesLanguage.Export(MermaidTests.Nasty))).Errors);

    [StateMachineFact]
    public async Task Validator_AnArnThatIsNone_IsRefused()
    {
        var exported = AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition).Replace("us-east-1:123456789012", "REGION:ACCOUNT_ID", StringComparison.Ordinal);

        Assert.NotEmpty((await StateMachineProgram.RunAsync(exported)).Errors);
    }

    [StateMachineFact]
    public async Task CallCenter_Resolved_IsClosed()
    {
        var answer = await RunCallCenterAsync([]);

        Assert.Equal("""{"Case":"001","Message":"Case 001: opened...assigned...resolved...closed.","Status":1}""", Sorted(answer.Output));
    }

    [StateMachineFact]
    public async Task CallCenter_Unresolved_FailsWithTheCause()
    {
        var answer = await RunCallCenterAsync(new() { ["WorkOnCase"] = "payload => ({ ...payload, Status: 0 })" });

        Assert.EndsWith("Engage Tier 2 Support.", answer.Failure, StringComparison.Ordinal);
    }

    [StateMachineFact]
    public async Task CallCenter_WorkOnCaseFails_IsTriedAgainThenCaught()
    {
        const string throws = "payload => { if (globalThis.tries = (globalThis.tries ?? 0) + 1, globalThis.tries <= LIMIT) throw new Error('down'); return { ...payload, Status: 1 }; }";

        var twice = await RunCallCenterAsync(new() { ["WorkOnCase"] = throws.Replace("LIMIT", "2", StringComparison.Ordinal) });
        var always = await RunCallCenterAsync(new() { ["WorkOnCase"] = throws.Replace("LIMIT", "99", StringComparison.Ordinal) });

        Assert.Null(twice.Failure);
        Assert.EndsWith("Engage Tier 2 Support.", always.Failure, StringComparison.Ordinal);
    }

    [StateMachineFact]
    public async Task CallCenter_StatusThatNoChoiceTakes_Fails() => Assert.EndsWith(
        "States.NoChoiceMatched",
        (await RunCallCenterAsync(new() { ["WorkOnCase"] = "payload => ({ ...payload, Status: 2 })" })).Failure,
        StringComparison.Ordinal);

    [StateMachineTheory]
    [InlineData(3, "Fly")]
    [InlineData(10, "Drive")]
    public async Task EveryStateType_Run_GoesThroughThemAll(int weight, string shipped)
    {
        var machine = AmazonStatesLanguage.Export(Orders.Definition).Replace("\"weight\": 3", $"\"weight\": {weight}", StringComparison.Ordinal);
        var answer = await StateMachineProgram.RunAsync(machine, "{}", new()
        {
            ["CheckStock"] = "() => 'in stock'",
            ["CheckCredit"] = "() => 'good'",
            ["Pack"] = "item => item + ' packed'",
            ["Fly"] = "() => 'Fly'",
            ["Drive"] = "() => 'Drive'",
        });

        Assert.Equal(
            $$"""{"checks":["in stock","good"],"delay":1,"express":true,"items":["pen","cup"],"packed":["pen packed","cup packed"],"shipped":"{{shipped}}","weight":{{weight}}}""",
            Sorted(answer.Output));
    }

    [StateMachineFact]
    public async Task EveryStateType_ABranchFails_IsCaught()
    {
        var answer = await StateMachineProgram.RunAsync(AmazonStatesLanguage.Export(Orders.Definition), "{}", new()
        {
            ["CheckStock"] = "() => { throw new Error('none left'); }",
            ["CheckCredit"] = "() => 'good'",
            ["Pack"] = "item => item",
            ["Fly"] = "() => 'Fly'",
            ["Drive"] = "() => 'Drive'",
        });

        Assert.EndsWith("A check failed.", answer.Failure, StringComparison.Ordinal);
    }

    private static Task<StateMachineProgram.Answer> RunCallCenterAsync(Dictionary<string, string> otherLambdas) => StateMachineProgram.RunAsync(
        AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition),
        """{"inputCaseID":"001"}""",
        Lambdas.Concat(otherLambdas).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value));

    /// <summary>The members of a flat object in the order of their names.</summary>
    private static string Sorted(string? json)
    {
        Assert.NotNull(json);
        return new JsonObject(JsonNode.Parse(json)!.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
    }
}
