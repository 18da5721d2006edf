using System.Text.Json;
using CallCenter.Api.Workflows;
using CallCenter.Durable;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>
/// What the API shows of an instance: its input and its custom status, parsed once. Neither is trusted to be ours, because
/// anybody may have started an orchestration of this name by other ways.
/// </summary>
internal sealed class InstanceView(ServedWorkflow served, OrchestrationState state) : IDisposable
{
    private const int ShortErrorLength = 300;

    private readonly JsonDocument? _status = JsonText.TryParse(state.CustomStatus);
    private JsonElement? _upgraded;

    /// <summary>The workflow as it is served.</summary>
    public ServedWorkflow Served => served;

    /// <summary>The workflow.</summary>
    public IWorkflow Workflow => served.Workflow;

    /// <summary>The instance.</summary>
    public OrchestrationState State => state;

    /// <summary>The input; null when there is none, or it is no JSON.</summary>
    public JsonDocument? Input { get; } = JsonText.TryParse(state.Input);

    /// <summary>The custom status, in the form of today; null when there is none, or it is no JSON.</summary>
    public JsonElement? Progress => _status is null ? null : _upgraded ??= Upgraded(_status.RootElement);

    /// <summary>The business key, from the input, or from the payload where a list leaves the input out.</summary>
    public string? KeyValue => Workflow.Key is not { } key
        ? null
        : Input?.RootElement.StringOf(key.InputMember) ?? _status?.RootElement.Of(Workflow.Item)?.StringOf(key.PayloadMember);

    /// <summary>The state that the instance is in.</summary>
    public string? CurrentState => _status?.RootElement.StringOf("state");

    /// <summary>The attempt at the workflow's repeated part.</summary>
    public int? Attempt => _status?.RootElement.IntegerOf("attempt");

    /// <summary>The event that the instance waits for. One that has ended waits for nothing, though its last status may say so.</summary>
    public string? WaitingFor => state.HasEnded ? null : _status?.RootElement.StringOf("waitingFor");

    /// <summary>The same as it is served; null too where nobody can answer it.</summary>
    public ServedEvent? Expected => WaitingFor is { } name ? served.Events.FirstOrDefault(expected => expected.Definition.Name == name) : null;

    /// <summary>Until when it waits.</summary>
    public string? Deadline => WaitingFor is null ? null : _status?.RootElement.StringOf("deadline");

    /// <summary>
    /// The step in which an attempt took an answer, or came to an outcome without one;
    /// null while it is open, or when it is not among the steps.
    /// </summary>
    public JsonElement? Answered(ServedEvent expected, int attempt)
    {
        foreach (var step in Steps)
        {
            if (step.StringOf("state") is { } name && expected.States.Contains(name) && step.IntegerOf("attempt") == attempt && IsOver(step))
                return step;
        }
        return null;
    }

    /// <summary>What was answered in a step, in the workflow's words.</summary>
    public string? Outcome(ServedEvent expected, JsonElement answered) =>
        Progress is { } progress && StepPayloads.Of(progress).FirstOrDefault(step => step.Step.Equals(answered)).Output is { } payload
            ? expected.Definition.Outcome(JsonText.Element(payload.Write))
            : null;

    /// <summary>A step that ended without a result has failed, and says nothing of an answer.</summary>
    public bool IsOver(JsonElement step) =>
        step.Of("changed") is not null || (Progress?.Of("payloadsOmitted") is not null && step.StringOf("endedAt") is not null);

    /// <summary>The steps as they were published.</summary>
    public IEnumerable<JsonElement> Steps =>
        Progress?.Of("steps") is { ValueKind: JsonValueKind.Array } steps ? steps.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>Why the instance failed: in the workflow's own words, or in the runtime's when it came to none.</summary>
    public ErrorDetails? Error
    {
        get
        {
            if (state.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
                return null;
            return _status?.RootElement.Of("error") is { } error && error.StringOf("type") is { } type && error.StringOf("message") is { } message
                ? new ErrorDetails(type, message)
                : state.Failure;
        }
    }

    /// <summary>The same, short enough for a list.</summary>
    public ErrorDetails? ShortError => Error is { } error ? error with { Message = Excerpt.Cut(error.Message, ShortErrorLength) } : null;

    private JsonElement Upgraded(JsonElement status)
    {
        try
        {
            return Workflow.Upgrade(status) ?? status;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // JSON, but none of ours: a name given twice, or no text at all.
            return status;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Input?.Dispose();
        _status?.Dispose();
    }
}
