using System.Text.Json;
using CallCenter.Workflows.CallCenter;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>
/// Replays a history that the management API has shown on the SDK's own engine, turn by turn, as the Functions worker is asked to: every turn runs the orchestrator
/// from its beginning. That shape numbers no steps, so each result goes to the step of its name that the orchestrator has asked for.
/// </summary>
internal sealed class SdkReplay(string instanceId)
{
    private static readonly CallCenterFunctions Functions = DurableEngine.Functions(new ScriptedWorker());

    private readonly List<P.HistoryEvent> _past = [];
    private readonly Dictionary<int, P.ScheduleTaskAction> _tasks = [];
    private readonly SortedDictionary<DateTime, Queue<int>> _timers = [];

    /// <summary>How the orchestration ended; null while it has not.</summary>
    public P.CompleteOrchestrationAction? End { get; private set; }

    /// <summary>The activities that it has asked for and that have no result.</summary>
    public IEnumerable<string> Open => _tasks.Values.Select(task => task.Name);

    /// <summary>Runs all events of an instance's status.</summary>
    /// <returns>The recorded end; undefined when there is none.</returns>
    public JsonElement Run(JsonElement status)
    {
        var end = default(JsonElement);
        foreach (var item in status.GetProperty("historyEvents").EnumerateArray())
        {
            if (item.GetProperty("EventType").GetString() == "ExecutionCompleted")
                end = item;
            else
                Apply(item);
        }
        // The last try of an activity has failed: see Take.
        while (end.ValueKind != JsonValueKind.Undefined && End is null && _tasks.Count == 0 && _timers.Count > 0)
            Fire(_timers.Keys.First(), _timers.Keys.First());
        return end;
    }

    private void Apply(JsonElement item)
    {
        var at = item.GetProperty("Timestamp").GetDateTime();
        string? Text(string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        switch (item.GetProperty("EventType").GetString())
        {
            case "ExecutionStarted":
                Turn(at, new P.HistoryEvent
                {
                    ExecutionStarted = new()
                    {
                        Name = Text("FunctionName"),
                        Input = Text("Input"),
                        OrchestrationInstance = new() { InstanceId = instanceId, ExecutionId = "1" },
                    },
                });
                break;
            case "TaskCompleted":
                Turn(at, new P.HistoryEvent { TaskCompleted = new() { TaskScheduledId = Take(at, Text("FunctionName")!), Result = item.GetProperty("Result").GetRawText() } });
                break;
            case "TaskFailed":
                var details = item.GetProperty("FailureDetails");
                Turn(at, new P.HistoryEvent
                {
                    TaskFailed = new()
                    {
                        TaskScheduledId = Take(at, Text("FunctionName")!),
                        FailureDetails = new() { ErrorType = details.GetProperty("ErrorType").GetString(), ErrorMessage = details.GetProperty("ErrorMessage").GetString() },
                    },
                });
                break;
            case "TimerFired":
                Fire(at, item.GetProperty("FireAt").GetDateTime());
                break;
            case "EventRaised":
                Turn(at, new P.HistoryEvent { EventRaised = new() { Name = Text("Name"), Input = Text("Input") } });
                break;
            case "ExecutionSuspended":
                Turn(at, new P.HistoryEvent { ExecutionSuspended = new() });
                break;
            case "ExecutionResumed":
                Turn(at, new P.HistoryEvent { ExecutionResumed = new() });
                break;
        }
    }

    /// <summary>The number of an open task. Behind its last attempt, too, the SDK waits for a while before it tells the orchestrator: no other runtime records that.</summary>
    private int Take(DateTime at, string name)
    {
        while (!Open.Contains(name) && _timers.Count > 0)
            Fire(at, _timers.Keys.First());
        Assert.True(Open.Contains(name), $"The history holds {name}, the code asked for {string.Join(", ", Open)}.");
        var id = _tasks.First(task => task.Value.Name == name).Key;
        _tasks.Remove(id);
        return id;
    }

    private void Fire(DateTime at, DateTime fireAt)
    {
        Assert.True(_timers.Count > 0, "The history holds a timer, the code asked for none.");
        var nearest = _timers.Keys.MinBy(due => (due - fireAt).Duration());
        var id = _timers[nearest].Dequeue();
        if (_timers[nearest].Count == 0)
            _timers.Remove(nearest);
        Turn(at > nearest ? at : nearest, new P.HistoryEvent { TimerFired = new() { TimerId = id, FireAt = Timestamp.FromDateTime(nearest) } });
    }

    private void Turn(DateTime at, P.HistoryEvent news)
    {
        var request = new P.OrchestratorRequest { InstanceId = instanceId, ExecutionId = "1" };
        request.PastEvents.AddRange(_past);
        request.NewEvents.Add(Stamped(new P.HistoryEvent { OrchestratorStarted = new() }, at));
        news.EventId = -1;
        request.NewEvents.Add(Stamped(news, at));

        var answer = P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(GrpcOrchestrationRunner.LoadAndRun<CaseInput, SupportCase>(
            Convert.ToBase64String(request.ToByteArray()), async (context, _) => await Functions.RunAsync(context))));

        _past.AddRange(request.NewEvents);
        foreach (var action in answer.Actions)
        {
            if (action.ScheduleTask is { } task)
            {
                _tasks[action.Id] = task;
                _past.Add(Stamped(new P.HistoryEvent { EventId = action.Id, TaskScheduled = new() { Name = task.Name, Input = task.Input } }, at));
            }
            else if (action.CreateTimer is { } timer)
            {
                var fireAt = timer.FireAt.ToDateTime();
                if (!_timers.TryGetValue(fireAt, out var same))
                    _timers.Add(fireAt, same = []);
                same.Enqueue(action.Id);
                _past.Add(Stamped(new P.HistoryEvent { EventId = action.Id, TimerCreated = new() { FireAt = timer.FireAt } }, at));
            }
            else if (action.CompleteOrchestration is { } end)
                End = end;
        }
        _past.Add(Stamped(new P.HistoryEvent { OrchestratorCompleted = new() }, at));
    }

    private static P.HistoryEvent Stamped(P.HistoryEvent item, DateTime at)
    {
        item.Timestamp = Timestamp.FromDateTime(at.ToUniversalTime());
        if (item.EventTypeCase is P.HistoryEvent.EventTypeOneofCase.OrchestratorStarted or P.HistoryEvent.EventTypeOneofCase.OrchestratorCompleted)
            item.EventId = -1;
        return item;
    }
}
