using System.Net;
using System.Text;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>The protocol itself: path, header, body, and the form of every refusal.</summary>
public sealed class ProtocolTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsTheory]
    [InlineData("/aws")]
    [InlineData("/aws/")]
    public async Task AnyOperation_AtTheEndpoint_IsAnswered(string path) =>
        Assert.Equal(2, (await OkAsync(SendAsync("ListStateMachines", "{}", path))).GetProperty("stateMachines").GetArrayLength());

    [AwsFact]
    public async Task AnyOperation_BelowTheEndpoint_IsUnknown() =>
        Assert.Equal("UnknownOperationException", (await RefusedAsync(SendAsync("ListStateMachines", "{}", "/aws/service/AWSStepFunctions"), HttpStatusCode.NotFound)).Type);

    [AwsFact]
    public async Task AnyOtherMethod_IsRefusedInTheSameForm()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Host.Api.BaseAddress!, "/aws"));

        var (type, message) = await RefusedAsync(Host.Given.SendAsync(request), HttpStatusCode.MethodNotAllowed);

        Assert.Equal("UnknownOperationException", type);
        Assert.Contains("--endpoint-url", message, StringComparison.Ordinal);
    }

    [AwsTheory]
    [InlineData("CreateStateMachine", "code")]
    [InlineData("UpdateStateMachine", "code")]
    [InlineData("DeleteStateMachine", "code")]
    [InlineData("TagResource", "tags")]
    [InlineData("GetActivityTask", "task token")]
    [InlineData("DescribeMapRun", "Map Runs")]
    [InlineData("PublishStateMachineVersion", "versions")]
    [InlineData("DescribeExecutoin", "Did you mean 'DescribeExecution'?")]
    public async Task Operation_NotOffered_IsUnknownWithTheReason(string operation, string said)
    {
        var (type, message) = await RefusedAsync(operation, new { });

        Assert.Equal("UnknownOperationException", type);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [AwsTheory]
    [InlineData("ListTagsForResource", "tags")]
    [InlineData("ListStateMachineVersions", "stateMachineVersions")]
    [InlineData("ListStateMachineAliases", "stateMachineAliases")]
    [InlineData("ListActivities", "activities")]
    public async Task List_OfWhatThereIsNot_IsEmpty(string operation, string list) =>
        Assert.Equal(0, (await CallAsync(operation, new { resourceArn = Cases, stateMachineArn = Cases })).GetProperty(list).GetArrayLength());

    [AwsTheory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("nothing")]
    [InlineData("{\"executionArn\":1}")]
    [InlineData("{\"executionArn\":\"\\ud800\"}")]
    public async Task Body_NotAsItShouldBe_IsASerializationException(string body) =>
        Assert.Equal("SerializationException", (await RefusedAsync(SendAsync("DescribeExecution", body))).Type);

    [AwsFact]
    public async Task Body_TooLong_IsRefused()
    {
        var body = $$"""{"executionArn":"{{new string('a', 70_000)}}"}""";

        Assert.Equal("ValidationException", (await RefusedAsync(SendAsync("DescribeExecution", body), HttpStatusCode.RequestEntityTooLarge)).Type);
    }

    [AwsFact]
    public async Task Operation_NotNamed_IsUnknown()
    {
        using var request = AwsSigner.Call(new Uri(Host.Api.BaseAddress!, "/aws"), "ListStateMachines", "{}");
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        if (AwsFactAttribute.Secret is { } secret)
            await AwsSigner.SignAsync(request, secret);

        Assert.Equal("UnknownOperationException", (await RefusedAsync(Host.Given.SendAsync(request))).Type);
    }

    [AwsTheory]
    [InlineData("DescribeExecution", "executionArn")]
    [InlineData("StopExecution", "executionArn")]
    [InlineData("RedriveExecution", "executionArn")]
    [InlineData("DescribeStateMachineForExecution", "executionArn")]
    [InlineData("StartExecution", "stateMachineArn")]
    [InlineData("ListExecutions", "stateMachineArn")]
    [InlineData("DescribeStateMachine", "stateMachineArn")]
    public async Task Arn_Wrong_IsNamed(string operation, string member)
    {
        var isMachine = member == "stateMachineArn";
        async Task<(string, string)> With(string? arn) => await RefusedAsync(operation, new Dictionary<string, string?> { [member] = arn });

        Assert.Equal(("ValidationException", $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"), await With(null));
        Assert.Equal(("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: nonsense'"), await With("nonsense"));
        Assert.Equal(("InvalidArn", "Invalid Arn: 'Invalid ARN: arn:aws:s3:::bucket'"), await With("arn:aws:s3:::bucket"));
        Assert.Equal(("InvalidArn", $"Invalid Arn: 'Resource type not valid in this context: {(isMachine ? "execution" : "stateMachine")}'"),
            await With(isMachine ? ExecutionArn("e") : Cases));
        var unknown = isMachine ? Scope + ":stateMachine:Other" : ExecutionArn(Host.NewId("unknown"));
        Assert.Equal(isMachine ? ("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{unknown}'") : ("ExecutionDoesNotExist", $"Execution Does Not Exist: '{unknown}'"),
            await With(unknown));
    }

    [AwsFact]
    public async Task Arn_OfAVersionOrALabel_IsRefused()
    {
        Assert.Equal("StateMachineDoesNotExist", (await RefusedAsync("DescribeStateMachine", new { stateMachineArn = Cases + ":PROD" })).Type);
        Assert.Equal("ValidationException", (await RefusedAsync("DescribeStateMachine", new { stateMachineArn = Cases + "/label" })).Type);
    }

    [AwsFact]
    public async Task StartSyncExecution_OfAStandardMachine_IsNotSupported() =>
        Assert.Equal("StateMachineTypeNotSupported", (await RefusedAsync("StartSyncExecution", new { stateMachineArn = Cases })).Type);

    [AwsFact]
    public async Task Body_EscapedAndNot_SaysTheSame()
    {
        var name = Host.NewId("text");
        var raw = $$"""{"stateMachineArn":"{{Cases}}","name":"{{name}}","input":"{\"inputCaseID\":\"Müller\",\"workMode\":\"agent\"}"}""";
        await OkAsync(SendAsync("StartExecution", raw));
        var escaped = string.Concat(raw.Select(letter => letter < 128 ? $"{letter}" : $"\\u{(int)letter:x4}"));
        Assert.NotEqual(Encoding.UTF8.GetByteCount(raw), escaped.Length);

        var again = await OkAsync(SendAsync("StartExecution", escaped));

        Assert.Equal(ExecutionArn(name), again.GetProperty("executionArn").GetString());
        var input = (await DescribeAsync(ExecutionArn(name))).GetProperty("input").GetString()!;
        Assert.Contains("Müller", input, StringComparison.Ordinal);
    }
}
