using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>What the tests of the Step Functions API have in common: raw calls of its operations.</summary>
public abstract class StepFunctionsTests(ContractHost host) : ContractTests(host)
{
    protected const string Scope = "arn:aws:states:eu-central-1:111122223333";
    protected const string Cases = Scope + ":stateMachine:CallCenterStateMachine";
    protected const string Tickets = Scope + ":stateMachine:SupportStateMachine";

    protected const string Agent = """{"inputCaseID":"001","workMode":"agent"}""";

    protected static string ExecutionArn(string name) => $"{Scope}:execution:CallCenterStateMachine:{name}";

    /// <summary>Calls an operation, signed where the host wants that.</summary>
    protected async Task<HttpResponseMessage> SendAsync(string operation, string body, string path = "/aws", params (string Name, string Value)[] headers)
    {
        using var request = AwsSigner.Call(new Uri(Host.Api.BaseAddress!, path), operation, body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (AwsFactAttribute.Secret is { } secret)
            await AwsSigner.SignAsync(request, secret);
        return await Host.Given.SendAsync(request);
    }

    /// <summary>Calls an operation that succeeds.</summary>
    protected Task<JsonElement> CallAsync(string operation, object body, params (string Name, string Value)[] headers) =>
        OkAsync(SendAsync(operation, JsonSerializer.Serialize(body), "/aws", headers));

    protected static async Task<JsonElement> OkAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        AssertIsAws(response);
        return JsonElement.Parse(text);
    }

    /// <summary>Calls an operation that is refused, and gives the name of the refusal and what it says.</summary>
    protected Task<(string Type, string Message)> RefusedAsync(string operation, object body) => RefusedAsync(SendAsync(operation, JsonSerializer.Serialize(body)));

    protected static async Task<(string Type, string Message)> RefusedAsync(Task<HttpResponseMessage> call, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        AssertIsAws(response);
        var refusal = JsonElement.Parse(text);
        var type = refusal.GetProperty("__type").GetString()!;
        Assert.Equal(type, response.Headers.GetValues("x-amzn-ErrorType").Single());
        return (type, refusal.GetProperty("message").GetString()!);
    }

    /// <summary>Starts an execution that waits for an agent, and gives its ARN.</summary>
    protected async Task<string> StartWaitingExecutionAsync(string name, string input = Agent)
    {
        var id = Host.NewId(name);
        var started = await CallAsync("StartExecution", new { stateMachineArn = Cases, name = id, input });
        await UntilWaitingAsync(id, attempt: 1);
        return started.GetProperty("executionArn").GetString()!;
    }

    protected Task<JsonElement> DescribeAsync(string executionArn) => CallAsync("DescribeExecution", new { executionArn });

    protected Task<JsonElement> UntilStatusIsAsync(string executionArn, string status) =>
        UntilAsync(() => DescribeAsync(executionArn), execution => execution.GetProperty("status").GetString() == status);

    protected static string NameOf(string executionArn) => executionArn.Split(':', 8)[7];

    protected static IEnumerable<string> MembersOf(JsonElement body) => body.EnumerateObject().Select(member => member.Name);

    private static void AssertIsAws(HttpResponseMessage response)
    {
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType?.ToString());
        Assert.True(Guid.TryParseExact(response.Headers.GetValues("x-amzn-RequestId").Single(), "D", out _));
    }
}
