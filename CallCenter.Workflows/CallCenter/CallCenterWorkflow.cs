using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Events;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Seams;
using CallCenter.Durable.States;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The call-center workflow of the AWS Step Functions tutorial, top to bottom as its picture is drawn:
/// Open Case, Assign Case, Work on Case, Is Case Resolved, then Close Case, or Escalate Case and Fail.
/// </summary>
public sealed class CallCenterWorkflow : Workflow<CaseInput, SupportCase>
{
    private static readonly TaskState<CaseInput, SupportCase> OpenCase = new("Open Case");
    private static readonly TaskState<SupportCase, SupportCase> AssignCase = new("Assign Case");
    private static readonly TaskState<SupportCase, SupportCase> WorkOnCase = new("Work on Case", waitsFor: CaseWorked.Event.Name);
    private static readonly ChoiceState IsCaseResolved = new("Is Case Resolved");
    private static readonly TaskState<SupportCase, SupportCase> CloseCase = new("Close Case");
    private static readonly TaskState<SupportCase, SupportCase> EscalateCase = new("Escalate Case");
    private static readonly TaskState<AgentNotice, bool> NotifyAgent = new("Notify Agent");
    private static readonly FailState Fail = FailState.Of<CaseEscalatedException>("Fail", CaseEscalatedException.Cause);

    private readonly CaseActivities _activities;

    /// <param name="activities">What its task states do.</param>
    public CallCenterWorkflow(CaseActivities activities)
    {
        _activities = activities;
        Runs(OpenCase, activities.OpenCaseAsync);
        Runs(AssignCase, activities.AssignCaseAsync);
        Runs(WorkOnCase, activities.WorkOnCaseAsync);
        Runs(NotifyAgent, activities.NotifyAgentAsync);
        Runs(CloseCase, activities.CloseCaseAsync);
        Runs(EscalateCase, activities.EscalateCaseAsync);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<State> States => [OpenCase, AssignCase, WorkOnCase, IsCaseResolved, CloseCase, EscalateCase, Fail];

    /// <inheritdoc/>
    public override IReadOnlyList<WorkflowTransition> Ways =>
    [
        OpenCase.Then(AssignCase),
        AssignCase.Then(WorkOnCase),
        WorkOnCase.Then(IsCaseResolved),
        WorkOnCase.Catch(EscalateCase, "Work on Case failed"),
        IsCaseResolved.When("Status", 1, CloseCase),
        IsCaseResolved.When("Status", 0, EscalateCase),
        EscalateCase.Then(Fail),
        EscalateCase.Or(WorkOnCase, "work again, if attempts are left"),
    ];

    /// <inheritdoc/>
    /// <exception cref="CaseEscalatedException">The case was escalated: "Engage Tier 2 Support."</exception>
    protected override async Task<SupportCase> RunAsync(Steps steps, CaseInput input)
    {
        var supportCase = await steps.DoAsync(OpenCase, input);
        supportCase = await steps.DoAsync(AssignCase,
            input.Assign == CaseAssignment.Roster ? supportCase with { Key = steps.KeyOf(AssignCase) } : supportCase);

        for (steps.Attempt = 1; ; steps.Attempt++)
        {
            var resolved = false;
            try
            {
                supportCase = input.WorkMode == WorkMode.Agent
                    ? await AskAgentAsync(steps, supportCase, input)
                    : await steps.DoAsync(WorkOnCase, supportCase);
                resolved = steps.Choose(IsCaseResolved, supportCase.Status) == CloseCase.Name;
            }
            catch (ActivityFailedException failure)
            {
                supportCase = steps.Catch(failure, supportCase.Unworkable());
            }

            if (resolved)
                return await steps.DoAsync(CloseCase, supportCase);

            supportCase = await steps.DoAsync(EscalateCase, supportCase);

            if (input.OnEscalation == OnEscalation.Fail || steps.Attempt >= input.MaxAttempts)
                throw new CaseEscalatedException();
        }
    }

    /// <summary>Work on Case by a person, who may be told of it. No answer in time counts as unresolved.</summary>
    private static async Task<SupportCase> AskAgentAsync(Steps steps, SupportCase supportCase, CaseInput input)
    {
        Task NotifyAsync(DateTime deadline) =>
            steps.TryAsync("notified", NotifyAgent, new AgentNotice(supportCase, steps.Context.InstanceId, deadline, steps.KeyOf(WorkOnCase)));

        var answer = await steps.WaitAsync(WorkOnCase, supportCase, CaseWorked.Event, TimeSpan.FromSeconds(input.AgentDeadlineSeconds),
            begun: input.Notify == AgentNotification.Email ? NotifyAsync : null);
        return steps.Leave(supportCase.Work(answer is { Resolved: true } ? 1 : 0));
    }

    /// <inheritdoc/>
    public override string Name => "CallCenterOrchestrator";

    /// <inheritdoc/>
    public override string Description => "Opens a support case, assigns it and works on it; closes it when it is resolved, escalates it when it is not.";

    /// <inheritdoc/>
    public override string Item => "case";

    /// <summary>Its settings were there first: directly under <c>CallCenter:</c>.</summary>
    public override string Section => "";

    /// <inheritdoc/>
    public override BusinessKey Key => new("caseId", "Case id", InputMember: "inputCaseID", PayloadMember: "Case");

    /// <inheritdoc/>
    public override IReadOnlyList<EventDefinition> Events => [CaseWorked.Event];

    /// <inheritdoc/>
    protected override IJsonTypeInfoResolver GeneratedJson => CaseJson.Default;

    /// <inheritdoc/>
    protected override string? Refuse(CaseInput input) => _activities.Refuse(input);

    /// <inheritdoc/>
    protected override RetryPolicy Retry(CaseInput input) => input.Retry.ToPolicy();

    /// <inheritdoc/>
    protected override RetryOptions DefaultRetry => new();

    /// <inheritdoc/>
    public override JsonElement? Upgrade(JsonElement status) => EarlierStatus.Upgrade(status);
}
