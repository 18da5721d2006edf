using CallCenter.Durable.Errors;
using CallCenter.Runtime.History;

namespace CallCenter.Runtime.Execution;

/// <summary>How an instance begins the steps that its orchestration asks for, and what comes of them.</summary>
internal sealed partial class Instance
{
    private void BeginStep(OpenStep step)
    {
        if (!IsAwaited(step))
            return;
        if (step is WaitStep wait)
            wait.Timer = host.Timers.Add(wait.DueAt, () => Post(() => Due(wait)));
        else if (step is ActivityStep activity)
            BeginActivity(activity);
    }

    private void BeginActivity(ActivityStep step)
    {
        // Suspended: nothing new is begun. Resuming comes here again.
        if (!IsAwaited(step) || step.InFlight || _run!.IsSuspended)
            return;
        step.Timer?.Cancel();
        if (step.NextAt is { } nextAt && nextAt > host.Now)
        {
            step.Timer = host.Timers.Add(nextAt, () => Post(() =>
            {
                // Whatever a clock that was set back says.
                step.NextAt = null;
                BeginActivity(step);
            }));
            return;
        }
        if (IsToBlame(step.Sequence))
        {
            // The end that came before the first record of it counts too.
            GiveUp($"the activity '{step.Name}' of this instance ran", host.Recorder.Ends + 1);
            return;
        }
        step.InFlight = true;
        if (host.Recorder.Suspects.Contains((Number, step.Sequence)))
            host.Trial.Add(() => RunActivityAsync(step));
        else
            host.Activities.Add(() => RunActivityAsync(step));
    }

    private async Task RunActivityAsync(ActivityStep step)
    {
        if (_over.IsCancellationRequested)
            return;
        var slot = host.Recorder.IsOn ? host.Recorder.Enter(Number, step.Sequence) : (int?)null;
        var startedAt = host.Now;
        try
        {
            var activity = host.Registry.FindActivity(step.Name)
                ?? throw new InvalidOperationException($"This program has no activity '{step.Name}'.");
            var result = await (host.Options.ActivityTimeout is { } limit ? WithinAsync(limit, step, activity) : activity(step.Input, _cancellation));
            Post(() => Complete(step, startedAt, result));
        }
        catch (Exception failure)
        {
            // What the program's end or the instance's cut off is no failure: it runs again, or is not wanted any more.
            if (!(failure is OperationCanceledException && (host.IsStopping || _over.IsCancellationRequested)))
                Post(() => Fail(step, startedAt, ErrorDetails.From(failure)));
        }
        if (slot is { } recorded)
            host.Recorder.Leave(recorded);
    }

    /// <summary>On a thread that may be lost: code which blocks it would not even give its task back.</summary>
    private async Task<byte[]> WithinAsync(TimeSpan limit, ActivityStep step, OrchestrationRegistry.Activity activity)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        try
        {
            return await Task.Run(() => activity(step.Input, over.Token), _cancellation).WaitAsync(limit, host.Clock, _cancellation);
        }
        catch (TimeoutException)
        {
            await over.CancelAsync();
            throw new TimeoutException($"The activity '{step.Name}' ran for longer than {limit.TotalSeconds} s (CallCenter:ActivityTimeoutSeconds).");
        }
    }

    private void Complete(ActivityStep step, DateTime startedAt, byte[] result)
    {
        if (IsAwaited(step))
            Record(new TaskCompleted(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), result));
    }

    private void Fail(ActivityStep step, DateTime startedAt, ErrorDetails error)
    {
        if (!IsAwaited(step))
            return;
        step.InFlight = false;
        var attempt = step.Failures + 1;
        host.Logger.LogWarning("Instance {InstanceId}: attempt {Attempt} of {Activity} failed: {Error}", Id, attempt, step.Name, error);
        if (step.Retry is { } retry && attempt < retry.MaxAttempts)
        {
            Record(new AttemptFailed(Now, step.Sequence, step.Name, attempt, Earlier(startedAt), error, Now + retry.DelayAfter(attempt)));
            ThisTurn.Steps.Add(step);
        }
        else
            Record(new TaskFailed(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), error, _run!.NextSequence));
    }

    private void Due(WaitStep step)
    {
        if (!IsAwaited(step))
            return;
        Record(new TimerFired(Now > step.DueAt ? Now : step.DueAt, step.Sequence, step.DueAt));
    }

    private void CancelActivities()
    {
        try
        {
            _over.Cancel();
        }
        catch (AggregateException failure)
        {
            // What an activity does on cancellation is its own code, and may fail like any other.
            host.Logger.LogWarning(failure, "Instance {InstanceId}: an activity failed when it was cancelled", Id);
        }
    }

    /// <summary>True while the orchestration waits for the step and its result is not recorded: a suspended instance records, and holds back.</summary>
    private bool IsAwaited(OpenStep step) => _end is null && _stands is null && _run is { } run && run.Find(step.Sequence) == step && !run.Holds(step);

    private DateTime Earlier(DateTime startedAt) => startedAt < Now ? startedAt : Now;
}
