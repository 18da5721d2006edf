using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Keys;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.StepFunctions.Clients;

/// <summary>The real AWS CLI: the tutorial's commands, and a script that polls.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class AwsCliTests
{
    private const string Key = "a-key/of+16=chars";
    private const string Cases = "arn:aws:states:eu-central-1:111122223333:stateMachine:CallCenterStateMachine";
    private const string Agent = """{"inputCaseID":"001","workMode":"agent"}""";

    [AwsCliFact]
    public async Task Commands_OfTheTutorial_WorkAsTheyStand()
    {
        await using var host = await KeyHost.StartAsync("--CallCenter:ApiKey", Key);
        var cli = new AwsCli(host.Url, Key);

        var arn = (await cli.RunAsync("start-execution", "--state-machine-arn", Cases, "--name", "first", "--input", Agent)).GetProperty("executionArn").GetString()!;
        Assert.Equal("RUNNING", (await cli.RunAsync("describe-execution", "--execution-arn", arn)).GetProperty("status").GetString());
        var history = await cli.RunAsync("get-execution-history", "--execution-arn", arn);
        var scheduled = history.GetProperty("events").EnumerateArray().Single(each => each.GetProperty("type").GetString() == "TaskScheduled");
        var parameters = JsonElement.Parse(scheduled.GetProperty("taskScheduledEventDetails").GetProperty("parameters").GetString()!);
        await cli.RunAsync("send-task-failure", "--task-token", parameters.GetProperty("Payload").GetProperty("token").GetString()!, "--error", "Desk", "--cause", "nobody knows");
        await Eventually.TrueAsync(async () => await host.StatusAsync("GET", "/api/cases/first", Key) == HttpStatusCode.OK
            && (await cli.RunAsync("describe-execution", "--execution-arn", arn)).GetProperty("status").GetString() == "FAILED");
        var listed = await cli.RunAsync("list-executions", "--state-machine-arn", Cases, "--status-filter", "FAILED", "--max-items", "5");
        Assert.Equal("first", Assert.Single(listed.GetProperty("executions").EnumerateArray()).GetProperty("name").GetString());
        Assert.True((await cli.RunAsync("redrive-execution", "--execution-arn", arn)).TryGetProperty("redriveDate", out _));

        var second = (await cli.RunAsync("start-execution", "--state-machine-arn", Cases, "--input", Agent)).GetProperty("executionArn").GetString()!;
        Assert.True((await cli.RunAsync("stop-execution", "--execution-arn", second, "--error", "Test", "--cause", "no longer needed")).TryGetProperty("stopDate", out _));
        var stopped = await cli.RunAsync("describe-execution", "--execution-arn", second);
        Assert.Equal(("ABORTED", "Test", "no longer needed"),
            (stopped.GetProperty("status").GetString(), stopped.GetProperty("error").GetString(), stopped.GetProperty("cause").GetString()));
    }

    [AwsCliFact]
    public async Task Commands_Refused_SayWhy()
    {
        await using var host = await KeyHost.StartAsync("--CallCenter:ApiKey", Key);

        Assert.Contains("(ExecutionDoesNotExist)", await new AwsCli(host.Url, Key).RefusedAsync(
            "describe-execution", "--execution-arn", "arn:aws:states:r:1:execution:CallCenterStateMachine:none"), StringComparison.Ordinal);
        Assert.Contains("(UnknownOperationException)", await new AwsCli(host.Url, Key).RefusedAsync("delete-state-machine", "--state-machine-arn", Cases), StringComparison.Ordinal);
        Assert.Contains("(InvalidSignatureException)", await new AwsCli(host.Url, "another").RefusedAsync("list-state-machines"), StringComparison.Ordinal);
    }

    [AwsCliFact]
    public async Task PollingScript_ProgramKilledMeanwhile_PrintsTheOutput()
    {
        using var data = new TemporaryFolder();
        var url = $"http://127.0.0.1:{Ports.Free()}";
        var first = await StandaloneProgram.StartAsync(data.Path, "--urls", url);
        // As written for AWS, but for the variable in its environment.
        var script = new AwsCli(new Uri(url), "any").ShellAsync($"""
            export AWS_ENDPOINT_URL={url}/aws
            arn=$(aws stepfunctions start-execution --state-machine-arn {Cases} --name polled --input '{Agent}' --query executionArn --output text)
            while [ "$(aws stepfunctions describe-execution --execution-arn "$arn" --query status --output text)" = RUNNING ]; do sleep 0.2; done
            aws stepfunctions describe-execution --execution-arn "$arn" --query output --output text
            """);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        await Eventually.TrueAsync(async () => await TokenAsync(http) is not null);
        first.Kill();
        await first.ExitAsync();

        await using var second = await StandaloneProgram.StartAsync(data.Path, "--urls", url);
        using var answer = AwsSigner.Call(new Uri(url + "/aws"), "SendTaskSuccess", JsonSerializer.Serialize(new { taskToken = await TokenAsync(http), output = """{"Status":1}""" }));
        using (var answered = await http.SendAsync(answer))
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        var (code, output, error) = await script;
        Assert.True(code == 0, error);
        Assert.Equal("Case 001: opened...assigned...resolved...closed.", JsonElement.Parse(output).GetProperty("Message").GetString());
        await first.DisposeAsync();
    }

    private static async Task<string?> TokenAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/api/cases/polled");
        return response.IsSuccessStatusCode && (await response.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("taskToken", out var token) ? token.GetString() : null;
    }
}
