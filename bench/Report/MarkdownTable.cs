using System.Text;

namespace CallCenter.Bench.Report;

/// <summary>A table in Markdown whose columns are padded, so that it reads as well on a console.</summary>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        var widths = header.Select((_, column) => _rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            Append(text, row.Select((cell, column) => cell.PadRight(widths[column])));
            if (row == header)
                Append(text, widths.Select(width => new string('-', width)));
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
