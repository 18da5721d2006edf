using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: a task that waits is answered as the contract answers it.</summary>
internal static class SendTask
{
    private const int MaxToken = 2048;
    private const int MaxOutput = 262_144;
    private const int MaxError = 256;
    private const int MaxCause = 32_768;

    /// <summary>Answers with a result.</summary>
    public static async Task<ApiResponse> SuccessAsync(AwsCall call)
    {
        var token = TokenOf(call);
        var output = Output(call.Required("output", most: MaxOutput));
        return await AnswerAsync(call, token, "InvalidOutput", expected => expected.Definition.OfTaskOutput(output));
    }

    /// <summary>Answers that there is none.</summary>
    public static async Task<ApiResponse> FailureAsync(AwsCall call)
    {
        var token = TokenOf(call);
        var (error, cause) = (call.Text("error", most: MaxError), call.Text("cause", most: MaxCause));
        return await AnswerAsync(call, token, "ValidationException", expected => expected.Definition.OfTaskFailure?.Invoke(error, cause)
            ?? throw AwsRefusedException.Validation($"A task that waits for {expected.Definition.From} cannot be answered with a failure. Use SendTaskSuccess."));
    }

    /// <summary>Says that somebody is at work. Nobody waits for that, but a task that is gone is told.</summary>
    public static async Task<ApiResponse> HeartbeatAsync(AwsCall call)
    {
        var (_, served, _) = await FindAsync(call, TokenOf(call));
        call.Demand(served);
        return AwsResponse.Empty();
    }

    private static async Task<ApiResponse> AnswerAsync(AwsCall call, TaskToken token, string wrong, Func<ServedEvent, JsonElement> answerOf)
    {
        var (state, served, expected) = await FindAsync(call, token);
        call.Demand(served);
        if (state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            return AwsResponse.Of(Problem.Of(503, $"The {served.Workflow.Item} is suspended: resume it first. Nothing was sent to it.").With("Retry-After", "5"));
        // What the answer holds beyond its schema is the caller's own business, as it is on AWS.
        var body = JsonText.Write(expected.Schema.With(answerOf(expected), ("attempt", token.Attempt)).WriteTo);
        var request = new ApiRequest
        {
            Method = "POST",
            Path = call.Request.Path,
            BaseUri = call.Request.BaseUri,
            Body = new MemoryStream(body),
            ContentLength = body.Length,
            Cancellation = call.Cancellation,
        };
        try
        {
            var answer = await new AnswerCall(new Call(request, call.Client, served, token.InstanceId), expected, call.Options.Api.Clock).AnswerAsync();
            return answer.Status switch
            {
                202 => AwsResponse.Empty(),
                503 => AwsResponse.Of(answer),
                _ => throw TimedOut(),
            };
        }
        catch (RefusedException refused) when (refused.Response.Status == 404)
        {
            throw TimedOut();
        }
        catch (RefusedException refused) when (refused.Response.Status is 400 or 413)
        {
            using var problem = JsonDocument.Parse(refused.Response.Body);
            throw new AwsRefusedException(wrong, problem.RootElement.StringOf("detail")!);
        }
    }

    private static TaskToken TokenOf(AwsCall call) => TaskToken.Read(call.Required("taskToken", least: 1, MaxToken));

    /// <summary>What waits for exactly this answer.</summary>
    private static async Task<(OrchestrationState State, ServedWorkflow Served, ServedEvent Expected)> FindAsync(AwsCall call, TaskToken token)
    {
        var state = InstanceIds.Impossible(token.InstanceId) is null ? await call.Client.GetAsync(token.InstanceId, call.Cancellation) : null;
        if (state is null || state.CreatedAt.Ticks != token.CreatedAt || call.Options.Api.Workflows.FirstOrDefault(one => one.Workflow.Name == state.Name) is not { } served)
            throw TimedOut();
        using var view = new InstanceView(served, state);
        return view.Attempt == token.Attempt && view.Expected is { } expected
            ? (state, served, expected)
            : throw TimedOut();
    }

    private static JsonElement Output(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw new AwsRefusedException("InvalidOutput", "Invalid Output: the output is not JSON.");
        }
    }

    private static AwsRefusedException TimedOut() => new("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
}
