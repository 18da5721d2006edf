using System.Text;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What the names are numbered: there are few of them, and an instance keeps the number.</summary>
internal sealed class NameTable
{
    private const int LargestOnStack = 256;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>All of them, each at the place of its number.</summary>
    public IReadOnlyList<string> All => _names;

    /// <summary>The number of a name; null when nothing was ever called so.</summary>
    public int? Find(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    public int NumberOf(string name) => Find(name) ?? Add(name);

    public int NumberOf(ReadOnlySpan<byte> utf8)
    {
        var name = utf8.Length <= LargestOnStack ? stackalloc char[LargestOnStack] : new char[utf8.Length];
        name = name[..Encoding.UTF8.GetChars(utf8, name)];
        return _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var number) ? number : Add(name.ToString());
    }

    private int Add(string name)
    {
        _numbers.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }
}
