namespace CallCenter.Runtime.Storage.Index;

/// <summary>
/// The search entries of the instances of one chunk, one behind the other in one block, so that a search runs over it at the speed of the memory. Before each
/// stand three bytes that UTF-8 never holds (F8 to FF): the instance's place in its chunk, three bits each.
/// </summary>
internal sealed class SearchBlock
{
    private const int MarkLength = 3;
    private const byte LeastMark = 0xF8;
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>What is in it. It stays as it is, whatever is added later.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Adds the entry of an instance.</summary>
    /// <param name="place">Its place in its chunk, below 512.</param>
    /// <param name="entry">The entry; empty when nothing is known of it.</param>
    public void Add(int place, ReadOnlySpan<byte> entry)
    {
        if (entry.IsEmpty)
            return;
        var end = _length + MarkLength + entry.Length;
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        for (var i = 0; i < MarkLength; i++)
            _bytes[_length + i] = (byte)(LeastMark | (place >> (3 * i) & 7));
        entry.CopyTo(_bytes.AsSpan(_length + MarkLength));
        _length = end;
    }

    /// <summary>Gives back what it has in store, when not much more is to come.</summary>
    public void Trim()
    {
        if (_bytes.Length - _length > _length / 8)
            Array.Resize(ref _bytes, _length);
    }

    /// <summary>Finds the entries that hold what is searched.</summary>
    /// <param name="written">A block.</param>
    /// <param name="search">What is searched.</param>
    /// <param name="places">Takes a bit for the place of each.</param>
    /// <returns>False when there is none.</returns>
    public static bool Find(ReadOnlySpan<byte> written, SearchFilter search, Span<ulong> places)
    {
        var (isAny, isRarestAll) = (false, search.IsRarestAll);
        for (int hit; (hit = written.IndexOf(search.Rarest)) >= 0;)
        {
            var first = written[..hit].LastIndexOfAnyInRange(LeastMark, byte.MaxValue) + 1;
            var length = written[first..].IndexOfAnyInRange(LeastMark, byte.MaxValue);
            var entry = length < 0 ? written[first..] : written.Slice(first, length);
            if (isRarestAll || search.Fits(entry))
            {
                var mark = written[(first - MarkLength)..];
                var place = (mark[0] & 7) | (mark[1] & 7) << 3 | (mark[2] & 7) << 6;
                places[place >> 6] |= 1UL << (place & 63);
                isAny = true;
            }
            if (length < 0)
                break;
            written = written[(first + length)..];
        }
        return isAny;
    }
}
