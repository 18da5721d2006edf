using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>ListStateMachines, DescribeStateMachine and DescribeStateMachineForExecution.</summary>
public sealed class StateMachineTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsFact]
    public async Task List_AllAndPageByPage_NamesEveryWorkflow()
    {
        var machines = (await CallAsync("ListStateMachines", new { })).GetProperty("stateMachines");

        Assert.Equal(["CallCenterStateMachine", "SupportStateMachine"], machines.EnumerateArray().Select(machine => machine.GetProperty("name").GetString()!));
        Assert.Equal(["stateMachineArn", "name", "type", "creationDate"], MembersOf(machines[0]));
        var first = await CallAsync("ListStateMachines", new { maxResults = 1 });
        Assert.Equal(1, first.GetProperty("stateMachines").GetArrayLength());
        var second = await CallAsync("ListStateMachines", new { maxResults = 1, nextToken = first.GetProperty("nextToken").GetString() });
        Assert.Equal("SupportStateMachine", second.GetProperty("stateMachines")[0].GetProperty("name").GetString());
        Assert.Equal(["stateMachines"], MembersOf(second));
        Assert.Equal("InvalidToken", (await RefusedAsync("ListStateMachines", new { nextToken = "nonsense" })).Type);
    }

    [AwsFact]
    public async Task List_Arn_IsOfTheRegionThatIsSignedForAndCanBeUsed()
    {
        // A host without keys does not look at the signature, but at what it is for.
        (string, string)[] headers = AwsFactAttribute.Secret is not null ? []
            : [("Authorization", "AWS4-HMAC-SHA256 Credential=a/20260131/eu-central-1/states/aws4_request, SignedHeaders=host, Signature=0")];
        var machines = await CallAsync("ListStateMachines", new { }, headers);

        var arn = machines.GetProperty("stateMachines")[0].GetProperty("stateMachineArn").GetString()!;
        Assert.StartsWith("arn:aws:states:eu-central-1:", arn, StringComparison.Ordinal);
        Assert.Equal(arn, (await CallAsync("DescribeStateMachine", new { stateMachineArn = arn })).GetProperty("stateMachineArn").GetString());
    }

    [AwsFact]
    public async Task Describe_Machine_HasItsDefinition()
    {
        var machine = await CallAsync("DescribeStateMachine", new { stateMachineArn = Cases });

        Assert.Equal(
            ["stateMachineArn", "name", "definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "status", "type", "creationDate"], MembersOf(machine));
        Assert.Equal("Open Case", JsonElement.Parse(machine.GetProperty("definition").GetString()!).GetProperty("StartAt").GetString());
        Assert.Equal(("ACTIVE", "STANDARD"), (machine.GetProperty("status").GetString(), machine.GetProperty("type").GetString()));
    }

    [AwsFact]
    public async Task DescribeForExecution_Running_IsItsMachine()
    {
        var machine = await CallAsync("DescribeStateMachineForExecution", new { executionArn = await StartWaitingExecutionAsync("machine") });

        Assert.Equal(["stateMachineArn", "name", "definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "updateDate"], MembersOf(machine));
        Assert.Equal(Cases, machine.GetProperty("stateMachineArn").GetString());
    }
}
