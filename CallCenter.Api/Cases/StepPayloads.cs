using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>What the custom status keeps of a step.</summary>
/// <param name="State">The state's name.</param>
/// <param name="Added">What it appended to the payload's Message; null while it is open, or when it failed.</param>
/// <param name="Status">The payload's Status after it.</param>
internal readonly record struct StepFacts(string? State, string? Added, int? Status);

/// <summary>
/// Works out what went into every step and what came out of it: a step's input is the output of the step before it, and a
/// Message only ever grows.
/// </summary>
internal static class StepPayloads
{
    /// <summary>Input and output of every step; null where there is none, or where it cannot be known.</summary>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="caseId">The payload's Case.</param>
    /// <param name="last">The payload of the last step that ended.</param>
    /// <param name="gap">How many steps stand before steps that were left out; null when none were.</param>
    public static IReadOnlyList<(SupportCase? Input, SupportCase? Output)> Expand(
        IReadOnlyList<StepFacts> steps, string caseId, SupportCase? last, int? gap)
    {
        var payloads = new (SupportCase? Input, SupportCase? Output)[steps.Count];
        Forward(steps.Take(gap ?? steps.Count).ToArray(), caseId, payloads);
        if (gap is not null && last is not null)
            Backward(steps, gap.Value, last, payloads);
        return payloads;
    }

    /// <summary>From the start on each step adds to the Message.</summary>
    private static void Forward(StepFacts[] steps, string caseId, (SupportCase? Input, SupportCase? Output)[] payloads)
    {
        SupportCase? payload = null;
        for (var i = 0; i < steps.Length; i++)
        {
            var before = payload;
            var output = steps[i].Added is { } added ? payload = new SupportCase(caseId, steps[i].Status, before?.Message + added) : null;
            payloads[i] = (before, output);
        }
    }

    /// <summary>Behind a gap the way back leads from the last payload: what a step added is taken off again.</summary>
    private static void Backward(IReadOnlyList<StepFacts> steps, int gap, SupportCase last, (SupportCase? Input, SupportCase? Output)[] payloads)
    {
        SupportCase? payload = last;
        for (var i = steps.Count - 1; i >= gap && payload is not null; i--)
        {
            var step = steps[i];
            var output = step.Added is null ? null : payload;
            if (step.Added is not null)
            {
                var status = i > gap ? steps[i - 1].Status : StatusBefore(step);
                payload = payload.Message.EndsWith(step.Added, StringComparison.Ordinal)
                    ? payload with { Status = status, Message = payload.Message[..^step.Added.Length] }
                    : null;
            }
            payloads[i] = (payload, output);
        }
    }

    /// <summary>
    /// The Status before the first step behind the gap, whose step before it was left out: a case is worked on again only
    /// when it was unresolved, and no other step changes the Status.
    /// </summary>
    private static int? StatusBefore(StepFacts step) => step.State == CaseStates.WorkOnCase ? 0 : step.Status;
}
