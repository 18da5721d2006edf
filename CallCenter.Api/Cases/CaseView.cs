using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>
/// What the API shows of an instance: its input and its custom status, parsed once. Neither is trusted to be ours, because
/// anybody may have started an orchestration of this name by other ways.
/// </summary>
internal sealed class CaseView(OrchestrationState state) : IDisposable
{
    private const int ShortErrorLength = 300;

    /// <summary>The instance.</summary>
    public OrchestrationState State => state;

    /// <summary>The input; null when there is none, or it is no JSON.</summary>
    public JsonDocument? Input { get; } = JsonText.TryParse(state.Input);

    /// <summary>The custom status; null when there is none, or it is no JSON.</summary>
    public JsonDocument? Progress { get; } = JsonText.TryParse(state.CustomStatus);

    /// <summary>The case id of the input, or of the payload where a list leaves the input out.</summary>
    public string? CaseId => Input?.RootElement.StringOf("inputCaseID") ?? Progress?.RootElement.Of("case")?.StringOf("Case");

    /// <summary>The state that the process is in.</summary>
    public string? CaseState => Progress?.RootElement.StringOf("state");

    /// <summary>The attempt at Work on Case.</summary>
    public int? Attempt => Progress?.RootElement.IntegerOf("attempt");

    /// <summary>The event that the case waits for. One that has ended waits for nothing, though its last status may say so.</summary>
    public string? WaitingFor => state.HasEnded ? null : Progress?.RootElement.StringOf("waitingFor");

    /// <summary>Until when it waits.</summary>
    public string? Deadline => WaitingFor is null ? null : Progress?.RootElement.StringOf("deadline");

    /// <summary>The step in which an attempt at Work on Case ended with an outcome; null while it is open, or when it is not among the steps.</summary>
    public JsonElement? EndedWork(int attempt)
    {
        if (Progress?.RootElement.Of("steps") is not { ValueKind: JsonValueKind.Array } steps)
            return null;
        foreach (var step in steps.EnumerateArray())
        {
            if (step.StringOf("state") == CaseStates.WorkOnCase && step.IntegerOf("attempt") == attempt && step.StringOf("added") is not null)
                return step;
        }
        return null;
    }

    /// <summary>Why the case failed: in the process' own words, or in the runtime's when it came to none.</summary>
    public ErrorDetails? Error
    {
        get
        {
            if (state.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
                return null;
            return Progress?.RootElement.Of("error") is { } error && error.StringOf("type") is { } type && error.StringOf("message") is { } message
                ? new ErrorDetails(type, message)
                : state.Failure;
        }
    }

    /// <summary>The same, short enough for a list.</summary>
    public ErrorDetails? ShortError => Error is { } error ? error with { Message = Excerpt.Cut(error.Message, ShortErrorLength) } : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Input?.Dispose();
        Progress?.Dispose();
    }
}
