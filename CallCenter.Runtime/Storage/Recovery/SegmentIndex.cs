using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>The bytes of a sound index file, of this version or an earlier one.</summary>
internal sealed class SegmentIndex : ISealedContents
{
    private readonly byte[] _bytes;
    private readonly Segment _segment;
    private readonly int _version;

    private SegmentIndex(byte[] bytes, Segment segment, int version) => (_bytes, _segment, _version) = (bytes, segment, version);

    public static ReadOnlySpan<byte> Magic => "CCINDEX4"u8;

    /// <summary>True when it was written before there was all in it that is today, and the rest is not known: what instances are searched by, and in the first version their names.</summary>
    public bool IsOld => _version < 3;

    /// <summary>Takes the bytes of a file, pooled, whose checksum is right; null when they are of another segment, or of a version that is not known.</summary>
    public static SegmentIndex? TryRead(byte[] bytes, Segment segment)
    {
        var version = bytes.AsSpan().StartsWith(Magic[..^1]) ? bytes[Magic.Length - 1] - '0' : 0;
        var isOfThis = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) == segment.Header.Salt
            && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16)) == segment.End;
        if (version is >= 1 and <= 4 && isOfThis)
            return new SegmentIndex(bytes, segment, version);
        ArrayPool<byte>.Shared.Return(bytes);
        return null;
    }

    /// <summary>Hands over what it says. Once, and what was handed over of searches holds no longer than the call that did it.</summary>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ApplyTo(IRecovered recovered)
    {
        var from = new Reader(_bytes, Magic.Length + sizeof(ulong) + sizeof(int) + sizeof(long));
        var names = ReadNames(ref from, recovered.Names);
        for (var left = from.Int32(); left > 0; left--)
        {
            var number = from.Int64();
            var identity = ReadIdentity(ref from, names);
            var lastUpdatedAt = from.Time();
            _ = EndStatus.TryDecode(from.Byte(), out var status);
            recovered.ApplyArchive(number, identity, lastUpdatedAt, status, ReadPlace(ref from));
        }

        for (var left = from.Int32(); left > 0; left--)
        {
            var number = from.Int64();
            var identity = ReadIdentity(ref from, names);
            var hasIdentity = from.Int32() != 0;
            var open = new RunningInstance();
            for (var more = from.Int32(); more > 0; more--)
                open.Records.Add(ReadPlace(ref from));
            if (_version >= 4)
                open.Note = new Note(from.Block().Span);
            recovered.ApplyOpen(number, hasIdentity ? identity : null, open);
        }

        for (var left = from.Int32(); left > 0; left--)
            recovered.ApplyPurge(from.Int64(), ReadPlace(ref from));
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    /// <summary>The number that each name has where it is handed over.</summary>
    private int[] ReadNames(ref Reader from, NameTable names)
    {
        if (_version < 2)
            return [names.NumberOf("")];
        var numbers = new int[from.Int32()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = names.NumberOf(Encoding.UTF8.GetString(from.Block().Span));
        return numbers;
    }

    private Identity ReadIdentity(ref Reader from, int[] names)
    {
        var hash = new IdHash((ulong)from.Int64(), (ulong)from.Int64());
        var createdAt = from.Time();
        // Of an instance that nothing is known of, all is zero.
        var name = _version >= 2 ? from.Int32() : 0;
        return new(hash, createdAt, name < names.Length ? names[name] : 0, _version >= 3 ? from.Block() : default);
    }

    private RecordLocation ReadPlace(ref Reader from) => new(_segment.Number, from.Int32(), from.Int32());

    private ref struct Reader(byte[] bytes, int at)
    {
        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        public byte Byte() => Take(1)[0];

        public DateTime Time() => new(Int64(), DateTimeKind.Utc);

        /// <summary>A varint length, and as many bytes, where they stand.</summary>
        public ReadOnlyMemory<byte> Block()
        {
            var rest = (ReadOnlySpan<byte>)bytes.AsSpan(at);
            _ = Varint.TryTake(ref rest, out var length);
            at = bytes.Length - rest.Length + (int)length;
            return bytes.AsMemory(at - (int)length, (int)length);
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            at += count;
            return bytes.AsSpan(at - count, count);
        }
    }
}
