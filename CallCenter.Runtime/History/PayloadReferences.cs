namespace CallCenter.Runtime.History;

/// <summary>
/// The payloads that an instance's later events may refer to: its input (1), and the result of the step with sequence
/// number n (n + 2). Writer and reader learn the same ones in the same order.
/// </summary>
internal sealed class PayloadReferences
{
    /// <summary>No reference: the payload itself follows.</summary>
    public const long None = 0;
    private const long InputReference = 1;
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _results = [];
    private ReadOnlyMemory<byte> _input;
    private int? _last;

    public void Learn(HistoryEvent item)
    {
        if (item is ExecutionStarted started)
        {
            (_input, _last) = (started.Input, null);
            _results.Clear();
        }
        else if (item is TaskCompleted done)
        {
            _results[done.Sequence] = done.Result;
            _last = done.Sequence;
        }
    }

    /// <summary>The reference of a payload, if it is the latest result or the input; others are not worth a search.</summary>
    public long Find(ReadOnlySpan<byte> payload)
    {
        if (_last is { } last && _results[last].Span.SequenceEqual(payload))
            return last + 2;
        return _last is null && _input.Span.SequenceEqual(payload) ? InputReference : None;
    }

    public ReadOnlyMemory<byte> Get(long reference)
    {
        if (reference == InputReference)
            return _input;
        return _results.TryGetValue((int)(reference - 2), out var result)
            ? result
            : throw new InvalidDataException($"A history refers to the result of step {reference - 2}, which it does not hold.");
    }
}
