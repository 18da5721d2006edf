namespace CallCenter.Runtime.Storage.Commit;

/// <summary>What came of an attempt to flush.</summary>
internal enum FlushResult
{
    Nothing,
    Done,

    /// <summary>A batch could not be written; it is the next one again.</summary>
    Failed,
}
