using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Execution;
using CallCenter.Durable.States;

namespace CallCenter.Tests.Workflows.StateTypes;

/// <summary>The tutorial's variation: what is escalated is worked on again, and so is what could not be worked on at all.</summary>
public sealed class LoopExample : Example<Job, Job>
{
    private static readonly TaskState<Job, Job> Work = new("Work");
    private static readonly ChoiceState IsResolved = new("Is resolved");
    private static readonly TaskState<Job, Job> Close = new("Close");
    private static readonly TaskState<Job, Job> Escalate = new("Escalate");

    // <Loop>
    public override IReadOnlyList<WorkflowTransition> Ways =>
    [
        Work.Then(IsResolved),
        Work.Catch(Escalate, "work failed"),
        IsResolved.When("Status", 1, Close),
        IsResolved.When("Status", 0, Escalate),
        Escalate.Then(Work),
    ];

    protected override async Task<Job> RunAsync(Steps steps, Job job)
    {
        for (steps.Attempt = 1; ; steps.Attempt++)
        {
            try
            {
                job = await steps.DoAsync(Work, job);
                if (steps.Choose(IsResolved, job.Status) == Close.Name)
                    return await steps.DoAsync(Close, job);
            }
            catch (ActivityFailedException failure)
            {
                job = steps.Catch(failure, job);
            }
            job = await steps.DoAsync(Escalate, job);
        }
    }
    // </Loop>

    /// <param name="work">What each attempt comes to: a status, or null for a failure.</param>
    public LoopExample(params int?[] work)
    {
        Runs(Work, (job, cancellation) => work[job.Message.Count(c => c == 'e')] is { } status
            ? Task.FromResult(job with { Status = status, Message = job.Message + "w" })
            : throw new IOException("The line is dead."));
        Runs(Close, (job, cancellation) => Task.FromResult(job with { Message = job.Message + "c" }));
        Runs(Escalate, (job, cancellation) => Task.FromResult(job with { Message = job.Message + "e" }));
    }

    public override IReadOnlyList<State> States => [Work, IsResolved, Close, Escalate];
}
