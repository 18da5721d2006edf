namespace CallCenter.Runtime.Execution;

/// <summary>
/// The activities of one name: those in line, and how many run. The name is what shares are counted by, since a registry has each name once:
/// a flood of one workflow's activities holds up none of another's.
/// </summary>
/// <param name="name">The activity.</param>
/// <param name="code">What it runs; null when this program has no such activity.</param>
/// <param name="limit">How many may run at a time.</param>
/// <remarks>All but the parameters belongs to the <see cref="ActivityScheduler"/>, and changes within its lock.</remarks>
internal sealed class ActivityQueue(string name, OrchestrationRegistry.Activity? code, int limit)
{
    private readonly Queue<Func<Task>> _inLine = [];

    public string Name { get; } = name;

    public OrchestrationRegistry.Activity? Code { get; } = code;

    public int Waiting => _inLine.Count;

    public int Running { get; private set; }

    /// <summary>True when one waits, and its name leaves it room.</summary>
    public bool IsReady => _inLine.Count > 0 && Running < limit;

    public void Add(Func<Task> activity) => _inLine.Enqueue(activity);

    public Func<Task> Take()
    {
        Running++;
        return _inLine.Dequeue();
    }

    public void GiveBack() => Running--;
}
