using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>The bytes of a sound index file.</summary>
internal sealed class SegmentIndex : ISealedContents
{
    private readonly byte[] _bytes;
    private readonly Segment _segment;

    private SegmentIndex(byte[] bytes, Segment segment) => (_bytes, _segment) = (bytes, segment);

    public static ReadOnlySpan<byte> Magic => "CCINDEX4"u8;

    /// <summary>Takes the bytes of a file, pooled, whose checksum is right; null when they are of another segment or another version.</summary>
    public static SegmentIndex? TryRead(byte[] bytes, Segment segment)
    {
        var isOfThis = bytes.AsSpan().StartsWith(Magic)
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) == segment.Header.Salt
            && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16)) == segment.End;
        if (isOfThis)
            return new SegmentIndex(bytes, segment);
        ArrayPool<byte>.Shared.Return(bytes);
        return null;
    }

    /// <summary>Hands over what it says. Once, and what was handed over of searches holds no longer than the call that did it.</summary>
    // Once, and through a million: not to be run unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ApplyTo(InstanceTable table)
    {
        var from = new Reader(_bytes, Magic.Length + sizeof(ulong) + sizeof(int) + sizeof(long));
        var names = ReadNames(ref from, table.Index.Names);
        for (var left = from.Int32(); left > 0; left--)
        {
            var number = from.Int64();
            var identity = ReadIdentity(ref from, names);
            var lastUpdatedAt = from.Time();
            _ = EndStatus.TryDecode(from.Byte(), out var status);
            table.ApplyArchive(number, identity, lastUpdatedAt, status, ReadPlace(ref from));
        }

        for (var left = from.Int32(); left > 0; left--)
        {
            var number = from.Int64();
            var identity = ReadIdentity(ref from, names);
            var hasIdentity = from.Int32() != 0;
            var open = new RunningInstance();
            for (var more = from.Int32(); more > 0; more--)
                open.Records.Add(ReadPlace(ref from));
            open.Note = new Note(from.Block().Span);
            table.ApplyOpen(number, hasIdentity ? identity : null, open);
        }

        for (var left = from.Int32(); left > 0; left--)
            table.ApplyPurge(from.Int64(), ReadPlace(ref from));
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    /// <summary>The number that each name has where it is handed over.</summary>
    private static int[] ReadNames(ref Reader from, NameTable names)
    {
        var numbers = new int[from.Int32()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = names.NumberOf(Encoding.UTF8.GetString(from.Block().Span));
        return numbers;
    }

    private static Identity ReadIdentity(ref Reader from, int[] names)
    {
        var hash = new IdHash((ulong)from.Int64(), (ulong)from.Int64());
        var createdAt = from.Time();
        // Of an instance that nothing is known of, all is zero.
        var name = from.Int32();
        return new(hash, createdAt, name < names.Length ? names[name] : 0, from.Block());
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
