using System.Text.Json;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>What went into a published step, and what came out of it.</summary>
/// <param name="Step">The step as it is published.</param>
/// <param name="IsInstanceInput">True for the first step where it took what the instance was started with, which is no payload.</param>
/// <param name="Input">What went in; null when that is not known.</param>
/// <param name="Output">What came out; null when nothing did, or it is not known.</param>
public readonly record struct StepPayloads(JsonElement Step, bool IsInstanceInput, Payload? Input, Payload? Output)
{
    /// <summary>The steps of a custom status, one after the other; none when it has none. It need not be ours: anybody may publish anything.</summary>
    /// <param name="status">The custom status, in the form of today.</param>
    public static IEnumerable<StepPayloads> Of(JsonElement status)
    {
        if (status.Of("steps") is not { ValueKind: JsonValueKind.Array } steps)
            yield break;
        var gap = status.IntegerOf("stepsOmitted") > 0 ? StatusLayout.StepsBeforeGap : -1;
        var (payload, isKnown, index) = ((Payload?)null, true, 0);
        foreach (var step in steps.EnumerateArray())
        {
            if (index == gap)
                (payload, isKnown) = status.Of("omitted") is { } omitted ? (Changed(payload, omitted), true) : (null, false);
            var given = step.Of("given");
            var input = given is { } other ? Changed(payload, other) : payload;
            var output = isKnown && step.Of("changed") is { } changed ? Changed(payload, changed) : null;
            yield return new StepPayloads(step, index == 0 && given is null, input, output);
            payload = output ?? payload;
            index++;
        }
    }

    private static Payload? Changed(Payload? payload, JsonElement delta)
    {
        try
        {
            return Payload.Apply(payload, delta);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: published by somebody else than our workflows.
            return null;
        }
    }
}
