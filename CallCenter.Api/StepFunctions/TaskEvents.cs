using System.Text.Json;
using CallCenter.Api.Instances;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>The events of a task state between its entry and its exit: a Lambda function's, or those of a task that waits for an answer.</summary>
/// <param name="execution">The execution.</param>
/// <param name="view">The instance.</param>
/// <param name="step">The step.</param>
internal sealed class TaskEvents(Execution execution, InstanceView view, HistoryStep step)
{
    private const string Resource = "invoke.waitForTaskToken";

    /// <summary>The events so far.</summary>
    public IEnumerable<ExecutionEvent> All() => Waits ? OfWait() : OfFunction();

    /// <summary>
    /// Told from the input and not from the step, so that the numbers of the events stay as they are when the answer comes, whatever it says.
    /// </summary>
    private bool Waits => execution.Served.Events.Any(expected =>
        expected.States.Contains(step.State.Name) && expected.Definition.IsAwaited(view.Input?.RootElement ?? default));

    private IEnumerable<ExecutionEvent> OfFunction()
    {
        yield return new(step.Start, "LambdaFunctionScheduled", "lambdaFunctionScheduled", (writer, withData) =>
        {
            writer.WriteString("resource", execution.Served.Aws.Lambda(step.State.Activity!));
            writer.WriteData("input", withData ? step.Input : null, "truncated");
        });
        yield return new(step.Start, "LambdaFunctionStarted");
        if (step.End is not { } end)
            yield break;
        if (Failure is var (error, cause))
        {
            yield return ExecutionEvent.OfFailure(end, "LambdaFunctionFailed", "lambdaFunctionFailed", error, cause);
        }
        else
        {
            yield return new(end, "LambdaFunctionSucceeded", "lambdaFunctionSucceeded",
                (writer, withData) => writer.WriteData("output", withData ? step.Output : null, "truncated"));
        }
    }

    private IEnumerable<ExecutionEvent> OfWait()
    {
        yield return OfTask(step.Start, "Scheduled", (writer, withData) =>
        {
            writer.WriteString("region", execution.Arn.Region);
            if (withData)
                writer.WriteString("parameters", Parameters());
        });
        yield return OfTask(step.Start, "Started");
        yield return OfTask(step.Start, "Submitted");
        if (step.End is not { } end)
            yield break;
        if (Failure is var (error, cause))
        {
            yield return OfTask(end, "Failed", (writer, _) =>
            {
                writer.WriteText("error", error);
                writer.WriteText("cause", cause);
            });
        }
        else
        {
            yield return step.IsTimedOut
                ? OfTask(end, "TimedOut", (writer, _) => writer.WriteString("error", "States.Timeout"))
                : OfTask(end, "Succeeded", (writer, withData) => writer.WriteData("output", withData ? step.Output : null, "truncated"));
        }
    }

    /// <summary>Why the step failed: caught, or with it the execution. Null when it did not.</summary>
    private (string? Error, string? Cause)? Failure => step.Caught ?? (step.HasResult ? null : execution.Failure(view));

    /// <summary>What a Lambda function that is waited for is given: the payload, and the token to answer with.</summary>
    private string Parameters() => JsonText.Element(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("FunctionName", step.State.Activity);
        writer.WriteStartObject("Payload");
        writer.WritePropertyName("input");
        writer.WriteRawValue(step.Input ?? "null");
        writer.WriteString("token", TaskToken.Write(execution.State, step.Attempt));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }).GetRawText();

    private static ExecutionEvent OfTask(DateTime at, string what, Action<Utf8JsonWriter, bool>? write = null) => new(at, $"Task{what}", $"task{what}", (writer, withData) =>
    {
        writer.WriteString("resourceType", "lambda");
        writer.WriteString("resource", Resource);
        write?.Invoke(writer, withData);
    });
}
