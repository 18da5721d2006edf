namespace CallCenter.Runtime.Storage.Index;

/// <summary>What was appended for an instance and is not yet on disk, where somebody has to know it.</summary>
[Flags]
internal enum SlotFlags : byte
{
    Empty = 0,
    Used = 1,

    /// <summary>Its start is on the way: it is not shown, but its id is taken.</summary>
    Arriving = 2,

    /// <summary>Its purge is on the way: it is still shown, and nothing more can be done with it.</summary>
    Leaving = 4,
}
