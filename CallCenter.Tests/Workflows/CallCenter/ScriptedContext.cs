using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>
/// A context that runs the real activities at once, with a worker, failures and events that the test writes down, and keeps
/// everything that the process publishes.
/// </summary>
internal sealed class ScriptedContext : IOrchestrationContext, IWorkflowRegistry, ICaseWorker
{
    private static readonly JsonSerializerOptions CaseInsensitive = new() { PropertyNameCaseInsensitive = true };

    private readonly Queue<int> _outcomes;
    private object? _last;
    private readonly Dictionary<string, Func<object?, Task<object?>>> _activities = [];

    public ScriptedContext(params int[] outcomes)
        : this(null, outcomes)
    {
    }

    public ScriptedContext(CaseStaff? staff, params int[] outcomes)
    {
        _outcomes = new(outcomes);
        Workflow = TestWorkflows.CallCenter(this, staff);
        Workflow.Register(this);
    }

    public CallCenterWorkflow Workflow { get; }

    public string InstanceId => "scripted";

    public DateTime CurrentUtcDateTime { get; private set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Activities that fail, with their error.</summary>
    public Dictionary<string, ErrorDetails> Failing { get; } = [];

    /// <summary>What happens in turn while the process waits: an event's JSON after so many seconds.</summary>
    public Queue<(int AfterSeconds, string Json)> Events { get; } = [];

    /// <summary>The calls, in order.</summary>
    public List<(string Name, RetryPolicy? Retry)> Calls { get; } = [];

    /// <summary>The timeouts of the waits.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>True where statuses are not written when they are set, as in a replay.</summary>
    public bool WritesLastOnly { get; init; }

    /// <summary>Every custom status as JSON, escaped as the Functions worker does it.</summary>
    public List<string> Published { get; } = [];

    /// <summary>The custom statuses themselves.</summary>
    public List<object?> Statuses { get; } = [];

    public CaseProgress Progress => CaseProgress.Read(Published[^1]);

    /// <summary>The states that the run went through.</summary>
    public List<string> Path
    {
        get
        {
            var path = new List<string>();
            foreach (var state in Published.Select(json => CaseProgress.Read(json).State))
            {
                if (path.Count == 0 || path[^1] != state)
                    path.Add(state);
            }
            return path;
        }
    }

    public async Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null)
    {
        Calls.Add((name, retryPolicy));
        CurrentUtcDateTime = CurrentUtcDateTime.AddSeconds(1);
        if (Failing.TryGetValue(name, out var error))
            throw new ActivityFailedException(name, error);
        return (T)(await _activities[name](input))!;
    }

    /// <summary>Runs a case to its end.</summary>
    public Task<SupportCase> RunAsync(CaseInput input) => Workflow.RunAsync(this, input);

    public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run)
    {
        // The test runs it.
    }

    public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) =>
        _activities.Add(name, async input => await run((TInput)input!, CancellationToken.None));

    public void AddJson(IJsonTypeInfoResolver json)
    {
        // Nothing is written here but the status.
    }

    public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation) => Task.FromResult(_outcomes.Dequeue());

    public Task CreateTimerAsync(TimeSpan delay)
    {
        CurrentUtcDateTime += delay;
        return Task.CompletedTask;
    }

    public Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout)
    {
        Waits.Add(timeout);
        if (!Events.TryDequeue(out var next) || TimeSpan.FromSeconds(next.AfterSeconds) > timeout)
        {
            CurrentUtcDateTime += timeout;
            return Task.FromException<T>(new TimeoutException());
        }
        CurrentUtcDateTime = CurrentUtcDateTime.AddSeconds(next.AfterSeconds);
        try
        {
            return Task.FromResult(JsonSerializer.Deserialize<T>(next.Json, CaseInsensitive) ?? throw new FormatException("null"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return Task.FromException<T>(new FormatException("unreadable", unreadable));
        }
    }

    public void SetCustomStatus(object? customStatus)
    {
        _last = customStatus;
        Statuses.Add(customStatus);
        if (!WritesLastOnly)
            WriteLast();
    }

    /// <summary>Publishes what was set last, once more.</summary>
    public void WriteLast() => Published.Add(Written(_last));

    /// <summary>A status as JSON, escaped as the Functions worker does it.</summary>
    public static string Written(object? status) => JsonSerializer.Serialize(JsonSerializer.SerializeToElement(status));
}
