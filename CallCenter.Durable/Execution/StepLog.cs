using System.Text.Json;

namespace CallCenter.Durable.Execution;

/// <summary>The steps of one instance, as many of them as a custom status has room for.</summary>
/// <remarks>
/// Azure Storage refuses a custom status over 16 KB, which is 8,192 UTF-16 characters of escaped JSON, and the instance then dies with no
/// status at all; so the oldest middle steps go first. What they changed together stays, and every step behind them can still be shown whole.
/// </remarks>
internal sealed class StepLog
{
    private readonly List<StepEntry> _steps = [];
    private JsonElement? _beforeGap;
    private JsonElement? _behindGap;

    /// <summary>How many steps were left out behind the first two.</summary>
    public int Omitted { get; private set; }

    /// <summary>The last step; null before the first.</summary>
    public StepEntry? Last => _steps is [.., var last] ? last : null;

    /// <summary>How many characters of escaped JSON the steps take.</summary>
    public int Length => _steps.Sum(step => step.Length + 1);

    /// <summary>Adds a step.</summary>
    public void Add(StepEntry step) => _steps.Add(step);

    /// <summary>Leaves out the oldest step that may go.</summary>
    /// <returns>False when there is none.</returns>
    public bool Omit()
    {
        if (_steps.Count <= StatusLayout.StepsBeforeGap + 1)
            return false;
        _beforeGap ??= _steps[StatusLayout.StepsBeforeGap].Before;
        _behindGap = _steps[StatusLayout.StepsBeforeGap].After ?? _behindGap;
        _steps.RemoveAt(StatusLayout.StepsBeforeGap);
        Omitted++;
        return true;
    }

    /// <summary>Cuts the texts that steps show of answers and errors.</summary>
    public void Shorten(int length) => _steps.ForEach(step => step.Shorten(length));

    /// <summary>Writes the members of the status that are about steps.</summary>
    public void Write(Utf8JsonWriter writer, bool withPayloads)
    {
        writer.WriteStartArray("steps");
        foreach (var step in _steps)
        {
            if (withPayloads)
                writer.WriteRawValue(step.Json, skipInputValidation: true);
            else
                step.Write(writer, withPayloads: false);
        }
        writer.WriteEndArray();
        if (Omitted == 0)
            return;
        writer.WriteNumber("stepsOmitted", Omitted);
        if (withPayloads && _behindGap is { } behind)
        {
            writer.WritePropertyName("omitted");
            Delta.Write(writer, _beforeGap, behind);
        }
    }
}
