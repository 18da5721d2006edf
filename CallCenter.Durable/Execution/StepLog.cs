using System.Text.Json;

namespace CallCenter.Durable.Execution;

/// <summary>
/// The steps of one instance. Published are as many of them as a custom status has room for. A log never changes: a step makes a new one
/// of the newest, which shares with it the steps that are over.
/// </summary>
internal sealed class StepLog
{
    private const int FirstRoom = 8;

    // What is behind _over belongs to newer logs.
    private readonly StepEntry[] _earlier;
    private readonly int _over;

    /// <summary>The log before the first step.</summary>
    public static readonly StepLog Empty = new([], 0, null);

    private StepLog(StepEntry[] earlier, int over, StepEntry? last) => (_earlier, _over, Last) = (earlier, over, last);

    /// <summary>How many there are.</summary>
    public int Count => Last is null ? 0 : _over + 1;

    /// <summary>One of them.</summary>
    public StepEntry this[int index] => index < _over ? _earlier[index] : Last!;

    /// <summary>The last step; null before the first.</summary>
    public StepEntry? Last { get; }

    /// <summary>At least as many characters of escaped JSON as the steps take.</summary>
    public int Most
    {
        get
        {
            var most = 0;
            for (var i = 0; i < Count; i++)
                most += this[i].Most + 1;
            return most;
        }
    }

    /// <summary>The log with one more step. Only the newest log can go on.</summary>
    public StepLog With(StepEntry step)
    {
        if (Last is null)
            return new([], 0, step);
        var earlier = _earlier;
        if (_over == earlier.Length)
            Array.Resize(ref earlier, Math.Max(FirstRoom, 2 * _over));
        earlier[_over] = Last;
        return new(earlier, _over + 1, step);
    }

    /// <summary>The log with something else for its last step.</summary>
    public StepLog WithLast(StepEntry step) => new(_earlier, _over, step);

    /// <summary>Writes the members of the status that are about steps.</summary>
    public void Write(Utf8JsonWriter writer, StatusCut cut)
    {
        writer.WriteStartArray("steps");
        for (var i = 0; i < Count; i++)
        {
            if (i == StatusLayout.StepsBeforeGap)
                i += cut.Steps;
            this[i].Write(writer, cut);
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
        for (var i = StatusLayout.StepsBeforeGap; i < StatusLayout.StepsBeforeGap + count; i++)
        {
            if (this[i].After is not null)
                (first, last) = (first ?? this[i], this[i]);
        }
        if (last?.After is not { } after)
            return;
        writer.WritePropertyName("omitted");
        Delta.Write(writer, first!.Before, after);
    }
}
