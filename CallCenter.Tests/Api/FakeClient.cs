using System.Text.Json;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Api;

/// <summary>A runtime that holds what a test puts into it, and notes what it is asked to do.</summary>
internal sealed class FakeClient : IOrchestrationClient
{
    public Dictionary<string, OrchestrationState> Instances { get; } = [];
    public List<(string Name, CaseInput Input, string? Id)> Started { get; } = [];
    public List<(string Id, string Event, CaseWorked Answer)> Raised { get; } = [];
    public List<(string Id, string? Reason)> Terminated { get; } = [];
    public List<string> Purged { get; } = [];
    public List<OrchestrationQuery> Queries { get; } = [];
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>What every call throws, if anything.</summary>
    public Exception? Throws { get; set; }

    /// <summary>How calls about one instance are answered, after it has been found.</summary>
    public OrchestrationAnswer Answer { get; set; } = OrchestrationAnswer.Accepted;

    public OrchestrationPage Page { get; set; } = new([], null);

    /// <summary>What an event does to its case: the answer is taken, unless a test says otherwise.</summary>
    public Action<string, CaseWorked> OnRaised { get; set; }

    public FakeClient() => OnRaised = Take;

    /// <summary>The case ends its attempt with this answer.</summary>
    public void Take(string id, CaseWorked answer) => Instances[id] = Instances[id] with
    {
        CustomStatus = JsonSerializer.Serialize(new
        {
            state = "Work on Case",
            attempt = answer.Attempt,
            steps = new[]
            {
                new
                {
                    state = "Work on Case",
                    startedAt = default(DateTime),
                    endedAt = new DateTime(2026, 1, 31, 8, 45, 0, DateTimeKind.Utc),
                    attempt = answer.Attempt,
                    changed = new { Status = answer.Resolved ? 1 : 0, Message = "resolved..." },
                    agent = answer.Agent,
                    answerId = answer.AnswerId,
                },
            },
        }),
    };

    /// <summary>What a case that is waited for has become.</summary>
    public Func<string, OrchestrationState?> Awaited { get; set; } = _ => null;

    public OrchestrationState Add(string id, Func<OrchestrationState, OrchestrationState>? change = null)
    {
        var state = new OrchestrationState
        {
            InstanceId = id,
            Name = "CallCenterOrchestrator",
            RuntimeStatus = OrchestrationRuntimeStatus.Running,
            CreatedAt = new DateTime(2026, 1, 31, 8, 30, 0),
            LastUpdatedAt = new DateTime(2026, 1, 31, 8, 31, 0),
            Input = """{"inputCaseID":"001"}""",
        };
        return Instances[id] = change is null ? state : change(state);
    }

    public Task<string?> ScheduleAsync(string orchestrationName, object input, string? instanceId, CancellationToken cancellation) => Do(() =>
    {
        var id = instanceId ?? "generated";
        if (Instances.ContainsKey(id))
            return null;
        Add(id);
        Started.Add((orchestrationName, ((JsonElement)input).Deserialize(CaseJson.Default.CaseInput)!, instanceId));
        return id;
    });

    public Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation) => Do(() => Instances.GetValueOrDefault(instanceId));

    public Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, TimeSpan timeout, CancellationToken cancellation) => Do(() =>
    {
        Waits.Add(timeout);
        return Awaited(instanceId) ?? Instances.GetValueOrDefault(instanceId);
    });

    public Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation) => Do(() =>
    {
        Queries.Add(query);
        return Page;
    });

    public Task<OrchestrationAnswer> RaiseEventAsync(string instanceId, string eventName, object? payload, CancellationToken cancellation) =>
        Do(() => Note(() =>
        {
            var answer = ((JsonElement)payload!).Deserialize(CaseJson.Default.CaseWorked)!;
            Raised.Add((instanceId, eventName, answer));
            OnRaised(instanceId, answer);
        }));

    public Task<OrchestrationAnswer> TerminateAsync(string instanceId, string? reason, CancellationToken cancellation) =>
        Do(() => Note(() => Terminated.Add((instanceId, reason))));

    public Task<OrchestrationAnswer> PurgeAsync(string instanceId, CancellationToken cancellation) => Do(() => Note(() => Purged.Add(instanceId)));

    public Task<OrchestrationAnswer> SuspendAsync(string instanceId, string? reason, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OrchestrationAnswer> ResumeAsync(string instanceId, string? reason, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OrchestrationAnswer> RewindAsync(string instanceId, string? reason, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<(OrchestrationAnswer Answer, string? InstanceId)> RestartAsync(string instanceId, bool withNewInstanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    private Task<T> Do<T>(Func<T> call) => Throws is null ? Task.FromResult(call()) : Task.FromException<T>(Throws);

    private OrchestrationAnswer Note(Action note)
    {
        note();
        return Answer;
    }
}
