using CallCenter.Standalone.Runtime.History;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>How an instance begins the steps that its orchestration asks for, and what comes of them.</summary>
internal sealed partial class Instance
{
    /// <summary>
    /// How many times in a row an activity may have been begun again after a restart before it counts as suspect. Any that ran
    /// beside the culprit were, too, so suspects run one by one from then on.
    /// </summary>
    private const int Suspect = 2;

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
            step.Timer = host.Timers.Add(nextAt, () => Post(() => BeginActivity(step)));
            return;
        }
        step.InFlight = true;
        if (step.Retaken < Suspect)
        {
            host.Activities.Add(() => RunActivityAsync(step));
            return;
        }
        host.Suspects.Add(() => RunActivityAsync(step));
        host.Suspects.Begin();
    }

    /// <summary>
    /// An activity that may have been under way when the program ended is begun again, but not without a record of it: if it is
    /// what ends the program, that has to be found out.
    /// </summary>
    /// <returns>True, once that is on disk, when it may run.</returns>
    private Task<bool> RetakeAsync(ActivityStep step)
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            if (!IsAwaited(step))
                begun.SetResult(false);
            else if (step.Retaken >= host.Options.MaxRecoveries)
            {
                GiveUp($"the activity '{step.Name}' of this instance ran", step.Retaken + 1);
                begun.SetResult(false);
            }
            else
            {
                ThisTurn.Retaken.Add(begun);
                step.MayHaveRun = false;
                Record(new TaskRetaken(Now, step.Sequence));
            }
        });
        return begun.Task;
    }

    private async Task RunActivityAsync(ActivityStep step)
    {
        if (_over.IsCancellationRequested || step.MayHaveRun && !await RetakeAsync(step))
            return;
        CrashPoint.Pass(CrashPoint.ActivityBegun, Id);
        var startedAt = host.Now;
        try
        {
            var activity = host.Registry.FindActivity(step.Name)
                ?? throw new InvalidOperationException($"This program has no activity '{step.Name}'.");
            var result = await activity(step.Input, _cancellation);
            CrashPoint.Pass(CrashPoint.ActivityEnded, Id);
            Post(() => Complete(step, startedAt, result));
        }
        catch (Exception failure)
        {
            // What the program's end or the instance's cut off is no failure: it runs again, or is not wanted any more.
            if (!(failure is OperationCanceledException && (host.IsStopping || _over.IsCancellationRequested)))
                Post(() => Fail(step, startedAt, ErrorDetails.From(failure)));
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
        CrashPoint.Pass(CrashPoint.TimerDue, Id);
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

    /// <summary>After a resume: what was held back is begun.</summary>
    private void BeginHeldBack() => ThisTurn.Steps.AddRange(_run?.Open.OfType<ActivityStep>() ?? []);

    /// <summary>True while the orchestration waits for the step and its result is not recorded: a suspended instance records, and holds back.</summary>
    private bool IsAwaited(OpenStep step) => _end is null && _run is { } run && run.Find(step.Sequence) == step && !run.Holds(step);

    private DateTime Earlier(DateTime startedAt) => startedAt < Now ? startedAt : Now;
}
