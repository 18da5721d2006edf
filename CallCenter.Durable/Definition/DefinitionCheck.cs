using System.Buffers;

namespace CallCenter.Durable.Definition;

/// <summary>Whether a definition is a flow that can run: what Amazon States Language asks of a state machine, said in words.</summary>
internal static class DefinitionCheck
{
    // What AWS Lambda takes as the name of a function.
    private const int LongestActivity = 64;
    private const int LongestName = 80;

    private static readonly SearchValues<char> ActivityCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <exception cref="ArgumentException">It is not; the message says why.</exception>
    public static void Check(WorkflowDefinition definition)
    {
        Demand(!string.IsNullOrWhiteSpace(definition.Name), "A workflow needs a name: that of its orchestration.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        Check($"The workflow {definition.Name}", definition.Flow, names);
    }

    private static void Check(string where, WorkflowBranch flow, HashSet<string> names)
    {
        Demand(flow.States.Count > 0, $"{where} has no states.");
        foreach (var state in flow.States)
        {
            Demand(IsName(state.Name), $"{where} has a state named '{state.Name}'. A name has 1 to {LongestName} characters and stands on one line.");
            Demand(
                names.Add(state.Name),
                $"{where} has two states named '{state.Name}'. A name stands for one state, those within Parallel and Map states included.");
        }
        var states = flow.States.ToDictionary(state => state.Name, StringComparer.Ordinal);
        Demand(states.ContainsKey(flow.StartAt), $"{where} starts at '{flow.StartAt}', which is none of its states: {Names(flow.States)}.");
        foreach (var way in flow.Transitions)
            foreach (var end in new[] { way.From, way.To })
            {
                Demand(
                    states.ContainsKey(end),
                    $"{where} has a way from '{way.From}' to '{way.To}', but '{end}' is none of its states: {Names(flow.States)}.");
            }

        foreach (var state in flow.States)
        {
            StateCheck.Check(state);
            WayCheck.Check(state, [.. flow.Transitions.Where(way => way.From == state.Name)]);
            foreach (var (inner, index) in state.Flows.Select((inner, index) => (inner, index)))
                Check(state.Type == StateType.Map ? $"The item processor of '{state.Name}'" : $"Branch {index + 1} of '{state.Name}'", inner, names);
        }
        CheckReach(where, flow);
    }

    private static void CheckReach(string where, WorkflowBranch flow)
    {
        var reached = flow.Reach(_ => true);
        var lost = flow.States.FirstOrDefault(state => !reached.Contains(state.Name));
        Demand(lost is null, $"{where} has a state that no way from '{flow.StartAt}' leads to: '{lost?.Name}'.");
        Demand(flow.States.Any(state => state.End), $"{where} never ends: none of its states has End = true.");
    }

    /// <summary>The names of the states that a run may come to, by those ways that count.</summary>
    public static HashSet<string> Reach(this WorkflowBranch flow, Func<WorkflowTransition, bool> counts)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { flow.StartAt };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var from))
            foreach (var way in flow.Transitions.Where(way => way.From == from && counts(way) && reached.Add(way.To)))
                open.Enqueue(way.To);
        return reached;
    }

    public static bool IsActivity(string name) => name.Length is >= 1 and <= LongestActivity && !name.AsSpan().ContainsAnyExcept(ActivityCharacters);

    public static bool IsPath(string path) =>
        path == "$" || path.StartsWith("$.", StringComparison.Ordinal) || path.StartsWith("$[", StringComparison.Ordinal);

    public static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new ArgumentException(otherwise);
    }

    private static bool IsName(string name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName && !name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    private static string Names(IEnumerable<WorkflowState> states) => string.Join(", ", states.Select(state => $"'{state.Name}'"));
}
