namespace CallCenter.Runtime.Storage.Journal;

internal readonly record struct RecordLocation(int Segment, int Offset, int Length)
{
    /// <summary>Segment and offset in one number, for those who only compare.</summary>
    public long Packed => ((long)Segment << 32) | (uint)Offset;
}
