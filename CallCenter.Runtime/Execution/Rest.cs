using System.Buffers.Binary;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Execution;

/// <summary>What is known of an instance that rests without reading it. docs/journal.md has it byte by byte.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="DueAt">When it has to go on by itself (UTC), or <see cref="Never"/>.</param>
internal readonly record struct Rest(Standing Standing, DateTime DueAt)
{
    public static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
    private const int Size = 1 + 3 * sizeof(long);

    public byte[] ToNote()
    {
        var note = new byte[Size];
        note[0] = Standing.Status == OrchestrationRuntimeStatus.Suspended ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(note.AsSpan(1), DueAt.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(note.AsSpan(9), Standing.WaitsUntil);
        BinaryPrimitives.WriteInt64LittleEndian(note.AsSpan(17), Standing.WaitsSince);
        return note;
    }

    /// <summary>Reads a note; null when it is of a kind that is not known here: the instance itself has to be read then.</summary>
    public static Rest? Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length != Size || note[0] > 1)
            return null;
        var status = note[0] == 1 ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;
        var dueAt = BinaryPrimitives.ReadInt64LittleEndian(note[1..]);
        return (ulong)dueAt > (ulong)Never.Ticks
            ? null
            : new(
                new Standing(status, BinaryPrimitives.ReadInt64LittleEndian(note[9..]), BinaryPrimitives.ReadInt64LittleEndian(note[17..])),
                new DateTime(dueAt, DateTimeKind.Utc));
    }
}
