using CallCenter.Durable.Errors;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Telemetry;

namespace CallCenter.Runtime.Execution;

/// <summary>The activities of one instance: when an attempt begins, how it runs, and that the instance's end cuts off what still does.</summary>
internal sealed class ActivityRunner : IDisposable
{
    private readonly EmbeddedRuntime _host;
    private readonly Instance _instance;
    private readonly CancellationTokenSource _over = new();
    // Of its own: once disposed, the source gives none any more.
    private readonly CancellationToken _cancellation;

    public ActivityRunner(EmbeddedRuntime host, Instance instance) => (_host, _instance, _cancellation) = (host, instance, _over.Token);

    /// <summary>Puts the next attempt in line, now or when its time has come. Only from within the news, as the rest here but for the attempt itself.</summary>
    public void Begin(ActivityStep step)
    {
        // Suspended: nothing new is begun. Resuming comes here again.
        if (!_instance.Awaits(step) || step.InFlight || _instance.IsSuspended)
            return;
        step.Timer?.Cancel();
        if (step.NextAt is { } nextAt && nextAt > _host.Now)
        {
            step.Timer = _host.Timers.Add(nextAt, () => _instance.Post(() =>
            {
                // Whatever a clock that was set back says.
                step.NextAt = null;
                Begin(step);
            }), step.Ahead);
            return;
        }
        if (_instance.IsToBlame(step.Sequence))
        {
            // The end that came before the first record of it counts too.
            _instance.GiveUp($"the activity '{step.Name}' of this instance ran", _host.Recorder.Ends + 1);
            return;
        }
        (step.InFlight, step.QueuedAt) = (true, AttemptScope.Queued(_host));
        var queue = _host.Activities.QueueOf(step.Name);
        if (_host.Recorder.Suspects.Contains((_instance.Number, step.Sequence)))
            _host.Trial.Add(queue, () => RunAsync(step, queue.Code));
        else
            _host.Activities.Add(queue, () => RunAsync(step, queue.Code));
    }

    /// <summary>Cuts off what still runs.</summary>
    public void Cancel()
    {
        try
        {
            _over.Cancel();
        }
        catch (AggregateException failure)
        {
            // What an activity does on cancellation is its own code, and may fail like any other.
            _host.Logger.LogWarning(failure, "Instance {InstanceId}: an activity failed when it was cancelled", _instance.Id);
        }
    }

    public void Dispose() => _over.Dispose();

    private async Task RunAsync(ActivityStep step, OrchestrationRegistry.Activity? activity)
    {
        if (_over.IsCancellationRequested)
            return;
        var slot = _host.Recorder.IsOn ? _host.Recorder.Enter(_instance.Number, step.Sequence) : (int?)null;
        var startedAt = _host.Now;
        using var attempt = AttemptScope.Begin(_host, _instance, step);
        try
        {
            if (activity is null)
                throw new InvalidOperationException($"This program has no activity '{step.Name}'.");
            var result = await (_host.Options.ActivityTimeout is { } limit ? WithinAsync(limit, step, activity) : activity(step.Input, _cancellation));
            attempt?.Complete();
            _instance.Report(() => Complete(step, startedAt, result));
        }
        catch (Exception failure)
        {
            // What the program's end or the instance's cut off is no failure: it runs again, or is not wanted any more.
            if (!(failure is OperationCanceledException && (_host.IsStopping || _over.IsCancellationRequested)))
            {
                var error = ErrorDetails.From(failure);
                attempt?.Fail(error);
                _instance.Report(() => Fail(step, startedAt, error));
            }
        }
        if (slot is { } recorded)
            _host.Recorder.Leave(recorded);
    }

    private void Complete(ActivityStep step, DateTime startedAt, byte[] result)
    {
        if (_instance.Awaits(step))
            _instance.Record(new TaskCompleted(_instance.Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), result));
    }

    private void Fail(ActivityStep step, DateTime startedAt, ErrorDetails error)
    {
        if (!_instance.Awaits(step))
            return;
        step.InFlight = false;
        var (now, attempt) = (_instance.Now, step.Failures + 1);
        _host.Logger.LogWarning("Instance {InstanceId}: attempt {Attempt} of {Activity} failed: {Error}", _instance.Id, attempt, step.Name, error);
        _instance.Record(step.Retry is { } retry && attempt < retry.MaxAttempts
            ? new AttemptFailed(now, step.Sequence, step.Name, attempt, Earlier(startedAt), error, now + retry.DelayAfter(attempt))
            : new TaskFailed(now, step.Sequence, step.Name, step.Input, Earlier(startedAt), error, _instance.Run!.NextSequence));
    }

    private DateTime Earlier(DateTime startedAt) => startedAt < _instance.Now ? startedAt : _instance.Now;

    /// <summary>On a thread that may be lost: code which blocks it would not even give its task back.</summary>
    private async Task<byte[]> WithinAsync(TimeSpan limit, ActivityStep step, OrchestrationRegistry.Activity activity)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        try
        {
            return await Task.Run(() => activity(step.Input, over.Token), _cancellation).WaitAsync(limit, _host.Clock, _cancellation);
        }
        catch (TimeoutException)
        {
            await over.CancelAsync();
            throw new TimeoutException($"The activity '{step.Name}' ran for longer than {limit.TotalSeconds} s (CallCenter:ActivityTimeoutSeconds).");
        }
    }
}
