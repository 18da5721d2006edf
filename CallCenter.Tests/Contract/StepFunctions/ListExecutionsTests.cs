using System.Text.Json;

namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>ListExecutions.</summary>
public sealed class ListExecutionsTests(ContractHost host) : StepFunctionsTests(host)
{
    [AwsFact]
    public async Task List_OfAMachine_HoldsItsOwnAlone()
    {
        var arn = await StartWaitingExecutionAsync("list");

        var item = (await AllAsync(new { stateMachineArn = Cases })).Single(item => item.GetProperty("executionArn").GetString() == arn);

        Assert.Equal(["executionArn", "stateMachineArn", "name", "status", "startDate", "redriveCount"], MembersOf(item));
        Assert.Equal((Cases, NameOf(arn), "RUNNING"), (item.GetProperty("stateMachineArn").GetString(), item.GetProperty("name").GetString(), item.GetProperty("status").GetString()));
        Assert.All(await AllAsync(new { stateMachineArn = Tickets }), other => Assert.Equal(Tickets, other.GetProperty("stateMachineArn").GetString()));
    }

    [AwsFact]
    public async Task List_ByStatus_HoldsThoseAlone()
    {
        var running = await StartWaitingExecutionAsync("list-running");
        var stopped = await StartWaitingExecutionAsync("list-stopped");
        await CallAsync("StopExecution", new { executionArn = stopped });
        var stop = (await UntilStatusIsAsync(stopped, "ABORTED")).GetProperty("stopDate").GetDecimal();

        foreach (var (status, one, other) in new[] { ("RUNNING", running, stopped), ("ABORTED", stopped, running) })
        {
            var all = await AllAsync(new { stateMachineArn = Cases, statusFilter = status });
            Assert.All(all, item => Assert.Equal(status, item.GetProperty("status").GetString()));
            Assert.Contains(one, all.Select(item => item.GetProperty("executionArn").GetString()));
            Assert.DoesNotContain(other, all.Select(item => item.GetProperty("executionArn").GetString()));
            if (status == "ABORTED")
                Assert.Equal(stop, all.Single(item => item.GetProperty("executionArn").GetString() == stopped).GetProperty("stopDate").GetDecimal());
        }
        Assert.Empty(await AllAsync(new { stateMachineArn = Cases, statusFilter = "TIMED_OUT" }));
    }

    [AwsFact]
    public async Task List_PageByPage_HoldsEachOnce()
    {
        var started = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            started.Add(await StartWaitingExecutionAsync("page"));

        var seen = (await AllAsync(new { stateMachineArn = Cases, maxResults = 1, statusFilter = "RUNNING" })).Select(item => item.GetProperty("executionArn").GetString()!).ToList();

        Assert.Equal(seen.Distinct(), seen);
        Assert.Subset(seen.ToHashSet(), started);
    }

    [AwsTheory]
    [InlineData("""{"maxResults":1001}""", "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000")]
    [InlineData("""{"maxResults":-1}""", "1 validation error detected: Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData("""{"statusFilter":"Running"}""",
        "1 validation error detected: Value 'Running' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]")]
    [InlineData("""{"statusFilter":"PENDING_REDRIVE"}""", "'PENDING_REDRIVE' is a status of the executions of a Map Run, and there are none here.")]
    [InlineData("""{"redriveFilter":"REDRIVEN"}""", "'redriveFilter' is for the executions of a Map Run, and there are none here. Leave it out.")]
    [InlineData("""{"mapRunArn":"arn:aws:states:r:1:mapRun:m:n"}""", "There are no Map Runs here: give 'stateMachineArn' alone.")]
    public async Task List_FilterThatCannotBe_BreaksTheRule(string filter, string message) =>
        Assert.Equal(("ValidationException", message), await RefusedAsync(SendAsync("ListExecutions", $$"""{"stateMachineArn":"{{Cases}}",{{filter[1..]}}""")));

    [AwsFact]
    public async Task List_TokenOfAnotherListOrOfNobody_IsInvalid()
    {
        await StartWaitingExecutionAsync("token");
        await StartWaitingExecutionAsync("token");
        var token = (await CallAsync("ListExecutions", new { stateMachineArn = Cases, maxResults = 1, statusFilter = "RUNNING" })).GetProperty("nextToken").GetString()!;

        var invalid = ("InvalidToken", "Invalid Token: 'Invalid token'");
        Assert.Equal(invalid, await RefusedAsync("ListExecutions", new { stateMachineArn = Cases, nextToken = "nonsense" }));
        Assert.Equal(invalid, await RefusedAsync("ListExecutions", new { stateMachineArn = Cases, nextToken = token }));
        Assert.Equal(invalid, await RefusedAsync("ListExecutions", new { stateMachineArn = Tickets, statusFilter = "RUNNING", nextToken = token }));
        Assert.Equal(invalid, await RefusedAsync("ListExecutions", new { stateMachineArn = Cases, statusFilter = "RUNNING", nextToken = "A" + token }));
    }

    /// <summary>Every page of a list, read as the SDKs read them.</summary>
    private async Task<List<JsonElement>> AllAsync(object request)
    {
        var (all, token) = (new List<JsonElement>(), (string?)null);
        do
        {
            var body = JsonSerializer.SerializeToNode(request)!.AsObject();
            if (token is not null)
                body["nextToken"] = token;
            var page = await OkAsync(SendAsync("ListExecutions", body.ToJsonString()));
            all.AddRange(page.GetProperty("executions").EnumerateArray());
            var next = page.TryGetProperty("nextToken", out var given) ? given.GetString() : null;
            Assert.True(next is null || next != token, "The same token twice in a row.");
            token = next;
        }
        while (token is not null);
        return all;
    }
}
