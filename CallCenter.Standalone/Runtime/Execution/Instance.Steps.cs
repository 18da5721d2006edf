using CallCenter.Standalone.Runtime.History;
using CallCenter.Workflow;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>How an instance begins the steps that its orchestration asks for, and what comes of them.</summary>
internal sealed partial class Instance
{
    private void BeginStep(OpenStep step)
    {
        if (_end is not null || _run?.Find(step.Sequence) != step)
            return;
        if (step is WaitStep wait)
            wait.Timer = host.Timers.Add(wait.DueAt, () => Post(() => Due(wait)));
        else if (step is ActivityStep activity)
            BeginActivity(activity);
    }

    private void BeginActivity(ActivityStep step)
    {
        // Suspended: nothing new is begun. Resuming comes here again.
        if (_end is not null || step.InFlight || _run!.IsSuspended || _run.Find(step.Sequence) != step)
            return;
        step.Timer?.Cancel();
        if (step.NextAt is { } nextAt && nextAt > host.Now)
        {
            step.Timer = host.Timers.Add(nextAt, () => Post(() => BeginActivity(step)));
            return;
        }
        if (step.MayHaveRun)
        {
            Retake(step);
            return;
        }
        step.InFlight = true;
        host.Activities.Add(() => RunActivityAsync(step));
    }

    /// <summary>
    /// An activity that was under way when the program ended is begun again, but not without a record of it: if it is what ends
    /// the program, that has to be found out.
    /// </summary>
    private void Retake(ActivityStep step)
    {
        if (step.Retaken >= host.Options.MaxRecoveries)
        {
            Finish(new ExecutionFailed(Now, new ErrorDetails(
                typeof(RepeatedlyInterruptedException).FullName!,
                new RepeatedlyInterruptedException(step.Name, step.Retaken).Message)));
            return;
        }
        step.MayHaveRun = false;
        Record(new TaskRetaken(Now, step.Sequence));
        ThisTurn.Steps.Add(step);
    }

    private async Task RunActivityAsync(ActivityStep step)
    {
        if (_over.IsCancellationRequested)
            return;
        var startedAt = host.Now;
        try
        {
            var activity = host.Registry.FindActivity(step.Name)
                ?? throw new InvalidOperationException($"This program has no activity '{step.Name}'.");
            var result = await activity(step.Input, _cancellation);
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
        if (_end is null && _run!.Find(step.Sequence) == step)
            Record(new TaskCompleted(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), result));
    }

    private void Fail(ActivityStep step, DateTime startedAt, ErrorDetails error)
    {
        if (_end is not null || _run!.Find(step.Sequence) != step)
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
            Record(new TaskFailed(Now, step.Sequence, step.Name, step.Input, Earlier(startedAt), error, _run.NextSequence));
    }

    private void Due(WaitStep step)
    {
        if (_end is null && _run!.Find(step.Sequence) == step)
            Record(new TimerFired(Now > step.DueAt ? Now : step.DueAt, step.Sequence, step.DueAt));
    }

    /// <summary>After a resume: what was held back is begun.</summary>
    private void BeginHeldBack() => ThisTurn.Steps.AddRange(_run?.Open.OfType<ActivityStep>() ?? []);

    private DateTime Earlier(DateTime startedAt) => startedAt < Now ? startedAt : Now;
}
