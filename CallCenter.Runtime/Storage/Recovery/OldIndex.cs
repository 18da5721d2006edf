using CallCenter.Runtime.Storage.Journal;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>
/// Adds what an index file of the first version lacks: the names of its instances, from their records. It is done once, at the first start of a
/// version that knows names; the upkeep then writes the file anew.
/// </summary>
internal static class OldIndex
{
    public static void AddNames(SegmentContents contents, Segment segment, NameReader nameOf)
    {
        var window = new FileWindow(segment.File, segment.End);
        // From front to back, as they lie in the file.
        foreach (var (number, ended) in contents.Archives.OrderBy(one => one.Value.At.Offset).ToList())
            contents.Archives[number] = ended with { Identity = ended.Identity with { Name = NameAt(ended.At, number) } };
        foreach (var (number, open) in contents.Opened.Where(one => one.Value.Identity is not null).OrderBy(one => one.Value.Records[0].Offset).ToList())
            contents.Opened[number] = open with { Identity = open.Identity!.Value with { Name = NameAt(open.Records[0], number) } };

        int NameAt(RecordLocation at, long number)
        {
            try
            {
                // A damaged one is told to whoever reads it: the others have their names.
                return Record.TryRead(window.Get(at.Offset, at.Length), out var record) && record.Number == number
                    ? contents.Names.NumberOf(nameOf(record.FirstPayload))
                    : 0;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
