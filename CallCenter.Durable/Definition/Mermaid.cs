using System.Globalization;
using System.Text;

namespace CallCenter.Durable.Definition;

/// <summary>Exports a definition as a Mermaid state diagram, which Markdown viewers draw.</summary>
public static class Mermaid
{
    /// <summary>The diagram as text. Branches and item processors are drawn inside of their state.</summary>
    public static string Export(WorkflowDefinition definition)
    {
        var diagram = new Diagram();
        diagram.Add(definition.Flow, 1);
        return diagram.Text;
    }

    private sealed class Diagram
    {
        private readonly StringBuilder _text = new("stateDiagram-v2\n");
        private readonly MermaidIds _ids = new();

        public string Text => _text.ToString();

        public void Add(WorkflowBranch flow, int depth)
        {
            foreach (var state in flow.States)
                Add(state, depth);
            Line(depth, $"[*] --> {_ids[flow.StartAt]}");
            foreach (var way in flow.Transitions)
                Line(depth, $"{_ids[way.From]} --> {_ids[way.To]}{(way.Label is null ? "" : ": " + Escape(way.Label))}");
            foreach (var end in flow.States.Where(state => state.End))
                Line(depth, $"{_ids[end.Name]} --> [*]");
        }

        private void Add(WorkflowState state, int depth)
        {
            var declared = $"state \"{Escape(state.Name)}\" as {_ids[state.Name]}";
            if (state.Flows.Count == 0)
            {
                Line(depth, declared);
                return;
            }
            Line(depth, declared + " {");
            foreach (var (flow, index) in state.Flows.Select((flow, index) => (flow, index)))
            {
                if (index > 0)
                    Line(depth + 1, "--");
                Add(flow, depth + 1);
            }
            Line(depth, "}");
        }

        private void Line(int depth, string line) => _text.Append(' ', 4 * depth).Append(line).Append('\n');
    }

    /// <summary>Mermaid writes a character that means something to it, or to HTML, as its number between # and ;.</summary>
    private static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '"' or '#' or ';' or ':' or '<' or '>' or '&' or '%' or '\\' => string.Create(CultureInfo.InvariantCulture, $"#{(int)c};"),
        _ => char.IsControl(c) ? " " : c.ToString(),
    }));
}
