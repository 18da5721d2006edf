using System.Globalization;

namespace CallCenter.Durable.Definition;

/// <summary>An identifier for each state: the letters and digits of its name, unique in the diagram, and no word of Mermaid's own.</summary>
internal sealed class MermaidIds
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "accDescr", "accTitle", "as", "choice", "class", "classDef", "click", "default", "direction", "divider", "end", "fork", "hide", "href",
        "join", "note", "root", "scale", "state", "style", "title",
    };

    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The identifier of the state of this name: the same whenever it is asked for.</summary>
    public string this[string name] => _byName.TryGetValue(name, out var id) ? id : _byName[name] = Make(name);

    private string Make(string name)
    {
        var wanted = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        if (wanted.Length == 0)
            wanted = "X";
        if (Reserved.Contains(wanted))
            wanted += "State";
        var id = wanted;
        for (var number = 2; !_taken.Add(id); number++)
            id = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        return id;
    }
}
