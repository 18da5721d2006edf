using System.Text;

namespace CallCenter.Durable.Definition;

/// <summary>Exports a definition as a Mermaid state diagram, which Markdown viewers draw.</summary>
public static class Mermaid
{
    /// <summary>The diagram as text.</summary>
    public static string Export(WorkflowDefinition definition)
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var state in definition.States)
            text.Append("    state \"").Append(state.Name).Append("\" as ").Append(Id(state.Name)).Append('\n');
        text.Append("    [*] --> ").Append(Id(definition.StartAt)).Append('\n');
        foreach (var way in definition.Transitions)
        {
            text.Append("    ").Append(Id(way.From)).Append(" --> ").Append(Id(way.To));
            if (way.Label is not null)
                text.Append(": ").Append(way.Label);
            text.Append('\n');
        }
        foreach (var end in definition.States.Where(state => state.End))
            text.Append("    ").Append(Id(end.Name)).Append(" --> [*]\n");
        return text.ToString();
    }

    private static string Id(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}
