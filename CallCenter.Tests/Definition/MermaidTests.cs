using System.Text.RegularExpressions;
using CallCenter.Durable.Definition;

namespace CallCenter.Tests.Definition;

public sealed class MermaidTests
{
    /// <summary>Names that are words of Mermaid's own, that differ only in what an identifier cannot hold, or that hold what means something to it.</summary>
    private static readonly string[] Names =
    [
        "end", "State", "note", "class", "default", "click", "Tür öffnen", "状態", "😀", "A B", "AB", "A-B", "ab", "A B_2", "100 %", "\"quoted\"", "a: b", "a; b", "a # b", "[*]",
        ":::x", "{", "--", "<b>bold</b>", "a \\n b", "%% comment", "&amp;", " x ", "S", "S2",
    ];

    /// <summary>A definition with states of those names, each of them with a way whose label is its name.</summary>
    internal static WorkflowDefinition Nasty { get; } = new(
        "Nasty",
        "Names that a notation may stumble over.",
        Names[0],
        [.. Names.Select(name => new WorkflowState(name, StateType.Pass) { End = name == Names[^1] })],
        [.. Names.Zip(Names.Skip(1), (from, to) => new WorkflowTransition(from, to, TransitionKind.Next) { Label = from })]);

    [Fact]
    public void Export_AnyName_HasALegalIdOfItsOwn()
    {
        var ids = Regex.Matches(Mermaid.Export(Nasty), "^    state \"([^\"]+)\" as (.+)$", RegexOptions.Multiline).Select(match => match.Groups[2].Value).ToList();

        Assert.Equal(Names.Length, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_]+$", id));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(ids.Intersect(["end", "state", "note", "class", "default", "click"], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Export_NamesAndLabels_WriteSpecialCharactersAsNumbers()
    {
        var lines = Mermaid.Export(Nasty).Split('\n');

        Assert.Contains("    state \"#34;quoted#34;\" as quoted", lines);
        Assert.Contains("    quoted --> ab_5: #34;quoted#34;", lines);
        Assert.Contains("    state \"a#59; b\" as ab_6", lines);
    }

    [Fact]
    public void Export_BranchesAndItemProcessors_AreDrawnInsideOfTheirState() => Assert.Equal(
        """
        stateDiagram-v2
            state "Prepare" as Prepare
            state "Cool down" as Cooldown
            state "Check" as Check {
                state "Check stock" as Checkstock
                [*] --> Checkstock
                Checkstock --> [*]
                --
                state "Breathe" as Breathe
                state "Check credit" as Checkcredit
                [*] --> Breathe
                Breathe --> Checkcredit
                Checkcredit --> [*]
            }
            state "Pack each" as Packeach {
                state "Pack" as Pack
                [*] --> Pack
                Pack --> [*]
            }
            state "How to ship" as Howtoship
            state "Fly" as Fly
            state "Drive" as Drive
            state "Shipped" as Shipped
            state "Refused" as Refused
            [*] --> Prepare
            Prepare --> Cooldown
            Cooldown --> Check
            Check --> Packeach
            Check --> Refused: a check failed
            Packeach --> Howtoship
            Howtoship --> Fly: express, light
            Howtoship --> Drive: otherwise
            Fly --> Shipped
            Drive --> Shipped
            Shipped --> [*]
            Refused --> [*]

        """,
        Mermaid.Export(Orders.Definition));
}
