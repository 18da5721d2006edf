using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>StartExecution. A start that is sent again, by its caller or by the SDK itself, starts nothing more.</summary>
internal static class StartExecution
{
    /// <summary>The operation.</summary>
    public const string Name = "StartExecution";

    private const int MaxName = 80;
    private const string Forbidden = "<>{}[]?*\"#%\\^|~`$&,;:/";

    /// <summary>Starts it.</summary>
    public static async Task<ApiResponse> RunAsync(AwsCall call)
    {
        var (machine, served) = call.StateMachine();
        call.Demand(served);
        var given = call.Text("name", least: 1, MaxName);
        var name = given ?? Generated(call.Request);
        if (IsWrong(name))
            throw new AwsRefusedException("InvalidName", $"Invalid Name: '{name}'");
        var input = Read(call.Text("input", least: 0, most: RequestBody.MaxLength) ?? "{}", served);
        var arn = machine.WithExecution(name);

        var isNew = await call.Client.ScheduleAsync(served.Workflow.Name, input, name, call.Cancellation) is not null;
        var state = await call.Client.GetAsync(name, call.Cancellation);
        if (!isNew && !(state is not null && IsSame(state, served, input) && (given is null || !state.HasEnded)))
            throw new AwsRefusedException("ExecutionAlreadyExists", $"Execution Already Exists: '{arn.Text}'");
        return AwsResponse.Ok(writer =>
        {
            writer.WriteString("executionArn", arn.Text);
            writer.WriteTime("startDate", state?.CreatedAt ?? call.Now);
        });
    }

    /// <summary>The refusal of an input.</summary>
    public static AwsRefusedException Refused(string why) => new("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{why}'");

    /// <summary>
    /// The SDKs send the same id with every try of one call: a start whose answer was lost is found by the next try. It takes the place of the
    /// random name that AWS gives.
    /// </summary>
    private static string Generated(ApiRequest request) =>
        $"{(Guid.TryParseExact(request.Header("amz-sdk-invocation-id"), "D", out var invocation) ? invocation : Guid.NewGuid()):D}";

    private static bool IsWrong(string name) =>
        name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter >= '\uFFFE' || Forbidden.Contains(letter, StringComparison.Ordinal))
        || InstanceIds.Fault(name) is not null;

    private static JsonElement Read(string text, ServedWorkflow served)
    {
        try
        {
            using var body = JsonDocument.Parse(text.Length > 0 ? text : throw Refused("Invalid execution input."));
            if (SchemaReader.NotAnObject(body.RootElement, served.Input) is { } fault)
                throw Refused(fault.Replace("The body", "The input", StringComparison.Ordinal));
            var errors = new List<FieldError>();
            var input = SchemaReader.Read(body.RootElement, served.Input, errors);
            if (errors.Count > 0)
                throw Refused(string.Join(' ', errors.Select(error => error.Message)));
            return served.Workflow.Refuse(input) is { } refusal ? throw Refused(refusal) : input;
        }
        catch (JsonException error)
        {
            throw Refused($"It is not JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}). Send a JSON object such as {served.Input.Example}.");
        }
    }

    /// <summary>The stored input has the defaults in it, and so has this one.</summary>
    private static bool IsSame(OrchestrationState state, ServedWorkflow served, JsonElement input)
    {
        using var stored = JsonText.TryParse(state.Input);
        return state.Name == served.Workflow.Name && stored is not null && JsonElement.DeepEquals(stored.RootElement, input);
    }
}
