using System.Collections.Concurrent;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>
/// In Durable Functions a workflow that awaits the wrong way does not fail: it runs for ever, and no log says why. So the build refuses what
/// waits by itself (BannedSymbols.Orchestrations.txt), and the workflow is run on a context that notices.
/// </summary>
public sealed class AwaitDisciplineTests
{
    [Theory]
    [InlineData(WorkMode.Simulated)]
    [InlineData(WorkMode.Agent)]
    public void Run_TasksEndOnForeignThreads_TheProcessStaysOnItsOwn(WorkMode mode)
    {
        var context = new OneThreadContext();

        var run = context.Pump(() => TestWorkflows.CallCenter().RunAsync(context, new CaseInput { InputCaseId = "001", WorkMode = mode, OnEscalation = OnEscalation.WorkAgain, MaxAttempts = 2 }));

        Assert.IsType<CaseEscalatedException>(run.Exception!.InnerException);
        Assert.Equal(0, context.ForeignCalls);
        Assert.True(context.Calls > 10);
    }

    /// <summary>Completes everything on pool threads, and counts the calls that come from any thread but its own.</summary>
    private sealed class OneThreadContext : SynchronizationContext, IOrchestrationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];
        private readonly ScriptedContext _script = new(0, 0);
        private readonly int _own = Environment.CurrentManagedThreadId;

        public int Calls { get; private set; }

        public int ForeignCalls { get; private set; }

        public string InstanceId => Called(() => _script.InstanceId);

        public DateTime CurrentUtcDateTime => Called(() => _script.CurrentUtcDateTime);

        public Task<T> CallActivityAsync<T>(string name, object? input, RetryPolicy? retryPolicy = null) =>
            Called(() => ElsewhereAsync(_script.CallActivityAsync<T>(name, input, retryPolicy)));

        public Task CreateTimerAsync(TimeSpan delay) => Called(() => ElsewhereAsync(Task.FromResult(0)));

        public Task<T> WaitForExternalEventAsync<T>(string name, TimeSpan timeout) =>
            Called(() => ElsewhereAsync(_script.WaitForExternalEventAsync<T>(name, timeout)));

        public void SetCustomStatus(object? customStatus) => Called(() => customStatus);

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        /// <summary>Runs a process to its end on this thread.</summary>
        public Task Pump(Func<Task> process)
        {
            var outer = Current;
            SetSynchronizationContext(this);
            var end = process();
            end.ContinueWith(_ => _posted.CompleteAdding(), TaskScheduler.Default);
            foreach (var (callback, state) in _posted.GetConsumingEnumerable())
                callback(state);
            SetSynchronizationContext(outer);
            return end;
        }

        private static Task<T> ElsewhereAsync<T>(Task<T> task)
        {
            var elsewhere = new TaskCompletionSource<T>();
            ThreadPool.QueueUserWorkItem(_ => elsewhere.SetFromTask(task));
            return elsewhere.Task;
        }

        private T Called<T>(Func<T> call)
        {
            Calls++;
            ForeignCalls += Environment.CurrentManagedThreadId == _own ? 0 : 1;
            return call();
        }
    }
}
