using CallCenter.Runtime.Storage.Index;
using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>
/// Adds what an index file of an earlier version lacks: what its instances are searched by, and in the first version their names. It is read from their
/// records, once, at the first start of a version that knows more; the upkeep then writes the file anew.
/// </summary>
internal static class OldIndex
{
    public static SegmentContents Complete(SegmentIndex index, Segment segment, StoreOptions options)
    {
        var contents = new SegmentContents();
        index.ApplyTo(contents);
        var window = new FileWindow(segment.File, segment.End);
        // From front to back, as they lie in the file.
        foreach (var (number, ended) in contents.Archives.OrderBy(one => one.Value.At.Offset).ToList())
            contents.Archives[number] = ended with { Identity = Complete(ended.Identity, ended.At, number) };
        foreach (var (number, open) in contents.Opened.Where(one => one.Value.Identity is not null).OrderBy(one => one.Value.Instance.Records[0].Offset).ToList())
            contents.Opened[number] = open with { Identity = Complete(open.Identity!.Value, open.Instance.Records[0], number) };

        return contents;

        Identity Complete(Identity known, RecordLocation at, long number)
        {
            try
            {
                // A damaged one is told to whoever reads it: the others have what they lack.
                return Record.TryRead(window.Get(at.Offset, at.Length), out var record) && record.Number == number ? contents.Identify(record, options) : known;
            }
            catch (IOException)
            {
                return known;
            }
        }
    }
}
