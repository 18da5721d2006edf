using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Runtime;

/// <summary>
/// The process on a disk that is cut off behind every single change: whatever is the last that was kept, the case ends right,
/// and of what was kept nothing runs again and nothing changes.
/// </summary>
public sealed class CrashAtEveryChangeTests
{
    public static TheoryData<CaseKind> Kinds => CaseKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restart_AfterAnyChange_EndsAsIfNothingHadHappened(CaseKind kind)
    {
        await using var whole = new Program(new MemoryStore());
        await whole.Client.ScheduleAsync("CallCenterOrchestrator", kind.Input(), "case", CancellationToken.None);
        await whole.EndAsync(kind);

        for (var changes = 1; changes < whole.Store.Changes; changes++)
        {
            var store = whole.Store.Crash(changes);
            var kept = HistoryReader.ReadAll(store.Payloads("case")).OfType<StepEvent>().ToList();

            await using var again = new Program(store);
            var history = await again.EndAsync(kind);

            Assert.Equal(kept.Select(Describe), history.OfType<StepEvent>().Take(kept.Count).Select(Describe));
            Assert.Equal(kind.Activities()[kept.OfType<TaskCompleted>().Count()..], again.Done);
        }
    }

    private static string Describe(StepEvent item) => item is TaskCompleted done
        ? $"{done.Sequence} {done.Name} {done.At:O} {Convert.ToBase64String(done.Result.Span)}"
        : $"{item}";

    private sealed class Program : IAsyncDisposable
    {
        private readonly EmbeddedRuntime _runtime;
        private readonly ConcurrentQueue<string> _done = new();

        public Program(MemoryStore store)
        {
            Store = store;
            var registry = new OrchestrationRegistry();
            TestWorkflows.CallCenter(new KindWorker()).Register(new Counting(registry, _done));
            _runtime = new EmbeddedRuntime(registry, store, new RuntimeOptions(), TimeProvider.System, NullLogger.Instance);
            Client = new EmbeddedClient(_runtime);
        }

        public MemoryStore Store { get; }

        public EmbeddedClient Client { get; }

        /// <summary>The activities that this program did.</summary>
        public IEnumerable<string> Done => _done;

        /// <summary>Answers the case if it waits, and holds its end to what its kind should come to.</summary>
        public async Task<List<HistoryEvent>> EndAsync(CaseKind kind)
        {
            if (kind == CaseKind.Agent)
            {
                await Client.ReachAsync("case", state => state.HasEnded || state.CustomStatus?.Contains("\"waitingFor\":\"CaseWorked\"", StringComparison.Ordinal) == true);
                await Client.RaiseEventAsync("case", CaseWorked.Event.Name, new CaseWorked { Resolved = true, Attempt = 1 }, CancellationToken.None);
            }
            var end = await Client.EndAsync("case");
            var history = HistoryReader.ReadAll(Client.Get("case")!.History);

            Assert.Equal(kind.Completes() ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
            using var progress = JsonDocument.Parse(end.CustomStatus!);
            Assert.Equal(kind.Message(), progress.RootElement.GetProperty("case").GetProperty("Message").GetString());
            Assert.Equal(kind.Activities(), history.OfType<TaskCompleted>().Select(done => done.Name));
            Assert.Single(history.OfType<ExecutionEnded>());
            return history;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _runtime.DisposeAsync();
        }
    }

    /// <summary>Notes every activity that was done.</summary>
    private sealed class Counting(IWorkflowRegistry registry, ConcurrentQueue<string> done) : IWorkflowRegistry
    {
        public void AddOrchestration<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run) => registry.AddOrchestration(name, run);

        public void AddActivity<TInput, TOutput>(string name, Func<TInput, CancellationToken, Task<TOutput>> run) =>
            registry.AddActivity<TInput, TOutput>(name, async (input, cancellation) =>
            {
                var result = await run(input, cancellation);
                done.Enqueue(name);
                return result;
            });

        public void AddJson(IJsonTypeInfoResolver json) => registry.AddJson(json);
    }
}
