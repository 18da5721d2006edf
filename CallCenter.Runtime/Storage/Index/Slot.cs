using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What the index keeps of an instance: 56 bytes, whatever its id.</summary>
internal struct Slot
{
    public IdHash Hash;

    public long CreatedTicks;

    /// <summary>When it was last updated; of a running one, when it was created.</summary>
    public long UpdatedTicks;

    /// <summary>Where its archive stands; nothing for a running one.</summary>
    public RecordLocation Archive;

    /// <summary>The next instance in its hash chain: the low 32 bits of its number; 0 ends the chain.</summary>
    public uint Next;

    /// <summary>The number of its name.</summary>
    public int Name;

    /// <summary>What is on the way to the disk.</summary>
    public SlotFlags Flags;

    private byte _status;

    /// <summary>How it ended, as far as that is on disk; otherwise <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public OrchestrationRuntimeStatus Status
    {
        readonly get => (OrchestrationRuntimeStatus)_status;
        set => _status = (byte)value;
    }

    /// <summary>True when its archive is on disk.</summary>
    public readonly bool HasEnded => Status != OrchestrationRuntimeStatus.Running;

    public readonly DateTime CreatedAt => new(CreatedTicks, DateTimeKind.Utc);

    public readonly Identity Identity => new(Hash, CreatedAt, Name);

    public readonly InstanceEntry ToEntry(long number) =>
        new(number, Status, CreatedAt, new DateTime(UpdatedTicks, DateTimeKind.Utc), Archive.Packed);
}
