using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Runtime;

/// <summary>
/// A small file that says what is under way. When the program has ended without being asked to, the next start reads there what may have
/// ended it: whatever was under way each time, several times in a row, is to blame.
/// </summary>
/// <remarks>
/// Never flushed: it has to survive the program, not the machine. Taking up is always recorded, activities only after an end that nobody asked
/// for: a program that runs well pays nothing. The file holds one word, <c>running</c> or <c>orderly</c>, in 8 bytes, and a slot of 16 bytes for
/// each thing under way: instance (8), sequence (4), ends in a row that it was under way at (4).
/// </remarks>
internal sealed class FlightRecorder : IDisposable
{
    /// <summary>Stands in the place of a step for an instance that is being taken up.</summary>
    public const int TakingUp = -1;
    private const int SlotSize = 16;
    private readonly SafeFileHandle? _file;
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = [];
    private Dictionary<(long Number, int Sequence), int> _times = [];
    private int _slots;

    /// <param name="path">The file; null for none.</param>
    public FlightRecorder(string? path)
    {
        if (path is null)
            return;
        try
        {
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var bytes = new byte[Math.Max(RandomAccess.GetLength(_file), Running.Length)];
            Read(bytes.AsSpan(0, RandomAccess.Read(_file, bytes, 0)));
            Array.Clear(bytes);
            Running.CopyTo(bytes);
            RandomAccess.Write(_file, bytes, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk must not keep the program from starting; nobody is blamed then.
        }
    }

    /// <summary>True while activities are recorded.</summary>
    public bool IsOn { get; private set; }

    /// <summary>What was under way at the most ends in a row: one of these it was.</summary>
    public IReadOnlySet<(long Number, int Sequence)> Suspects { get; private set; } = new HashSet<(long, int)>();

    /// <summary>At how many ends in a row the suspects were under way.</summary>
    public int Ends { get; private set; }
    private static ReadOnlySpan<byte> Running => "running "u8;
    private static ReadOnlySpan<byte> Orderly => "orderly "u8;

    /// <summary>True for the one that was under way at so many ends in a row, and nothing else was.</summary>
    public bool IsToBlame(long number, int sequence, int ends) => Ends >= ends && Suspects.Count == 1 && Suspects.Contains((number, sequence));

    /// <summary>Something begins.</summary>
    /// <returns>What to call <see cref="Leave"/> with.</returns>
    public int Enter(long number, int sequence)
    {
        int slot;
        lock (_gate)
        {
            if (!_free.TryPop(out slot))
                slot = _slots++;
        }
        Note(slot, number, sequence);
        return slot;
    }

    /// <summary>Something begins in the place of what was in the slot before.</summary>
    public void Note(int slot, long number, int sequence) => Write(slot, number, sequence, _times.GetValueOrDefault((number, sequence)));

    /// <summary>It has ended, and the program has not.</summary>
    public void Leave(int slot)
    {
        Write(slot, 0, 0, 0);
        lock (_gate)
            _free.Push(slot);
    }

    /// <summary>The culprit is found: nobody is suspected any more, not even the culprit, once it is rewound.</summary>
    public void Acquit() => (_times, Suspects) = ([], new HashSet<(long, int)>());

    /// <summary>The program was asked to end: what that cuts off is not to blame.</summary>
    public void NoteOrderlyEnd() => Write(Orderly, 0);

    public void Dispose() => _file?.Dispose();

    private void Read(ReadOnlySpan<byte> bytes)
    {
        IsOn = bytes.StartsWith(Running);
        if (!IsOn)
            return;
        for (var rest = bytes[Running.Length..]; rest.Length >= SlotSize; rest = rest[SlotSize..])
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(rest) is > 0 and var number)
                _times[(number, BinaryPrimitives.ReadInt32LittleEndian(rest[8..]))] = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]) + 1;
        }
        Ends = _times.Values.DefaultIfEmpty().Max();
        Suspects = _times.Where(one => one.Value == Ends).Select(one => one.Key).ToHashSet();
    }

    private void Write(int slot, long number, int sequence, int times)
    {
        Span<byte> bytes = stackalloc byte[SlotSize];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], times);
        Write(bytes, Running.Length + (long)slot * SlotSize);
    }

    private void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_file is null)
            return;
        try
        {
            RandomAccess.Write(_file, bytes, offset);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // As above; and what ends after the program has closed it is of no concern any more.
        }
    }
}
