using System.Text.Json;

namespace CallCenter.Durable.Execution;

/// <summary>The steps of one instance. Published are as many of them as a custom status has room for.</summary>
internal sealed class StepLog
{
    private readonly List<StepEntry> _steps = [];

    /// <summary>How many there are.</summary>
    public int Count => _steps.Count;

    /// <summary>One of them.</summary>
    public StepEntry this[int index] => _steps[index];

    /// <summary>The last step; null before the first.</summary>
    public StepEntry? Last => _steps is [.., var last] ? last : null;

    /// <summary>At least as many characters of escaped JSON as the steps take.</summary>
    public int Most => _steps.Sum(step => step.Most + 1);

    /// <summary>Adds a step.</summary>
    public void Add(StepEntry step) => _steps.Add(step);

    /// <summary>Writes the members of the status that are about steps.</summary>
    public void Write(Utf8JsonWriter writer, StatusCut cut)
    {
        var isWhole = !cut.Texts && !cut.Payloads;
        writer.WriteStartArray("steps");
        for (var i = 0; i < _steps.Count; i++)
        {
            if (i == StatusLayout.StepsBeforeGap)
                i += cut.Steps;
            if (isWhole)
                _steps[i].Write(writer);
            else
                _steps[i].Write(writer, cut);
        }
        writer.WriteEndArray();
        if (cut.Steps == 0)
            return;
        writer.WriteNumber("stepsOmitted", cut.Steps);
        if (!cut.Payloads)
            WriteOmitted(writer, cut.Steps);
    }

    /// <summary>What those that are left out changed together: so every step behind them can still be shown whole.</summary>
    private void WriteOmitted(Utf8JsonWriter writer, int count)
    {
        StepEntry? first = null, last = null;
        foreach (var step in _steps.Slice(StatusLayout.StepsBeforeGap, count))
        {
            if (step.After is not null)
                (first, last) = (first ?? step, step);
        }
        if (last?.After is not { } after)
            return;
        writer.WritePropertyName("omitted");
        Delta.Write(writer, first!.Before, after);
    }
}
