using CallCenter.Durable.Definition;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The call-center process of the AWS Step Functions tutorial, top to bottom as its picture is drawn:
/// Open Case, Assign Case, Work on Case, Is Case Resolved, then Close Case, or Escalate Case and Fail.
/// </summary>
/// <remarks>
/// This code is replayed: it decides on nothing but its input and what its context gives it. Randomness, clocks and
/// the outside world belong into <see cref="CaseActivities"/>. <see cref="WorkflowDefinition"/> holds the same flow as
/// data, and the tests hold the two together.
/// </remarks>
public static class CallCenterWorkflow
{
    /// <summary>The name under which every runtime knows this orchestration.</summary>
    public const string Name = "CallCenterOrchestrator";

    /// <summary>Runs one case from its input to its output.</summary>
    /// <exception cref="CaseEscalatedException">The case was escalated: "Engage Tier 2 Support."</exception>
    /// <exception cref="NoChoiceMatchedException">Work on Case gave a Status that no choice takes.</exception>
    /// <exception cref="ActivityFailedException">An activity other than WorkOnCase failed for good.</exception>
    public static async Task<SupportCase> RunAsync(IOrchestrationContext context, CaseInput input)
    {
        var steps = new CaseSteps(context, input);
        try
        {
            var supportCase = await steps.RunAsync(CaseStates.OpenCase, CaseActivityNames.OpenCase, input);
            supportCase = await steps.RunAsync(CaseStates.AssignCase, CaseActivityNames.AssignCase, supportCase);

            for (var attempt = 1; ; attempt++)
            {
                var resolved = false;
                try
                {
                    supportCase = await steps.WorkAsync(supportCase, attempt);
                    resolved = steps.IsResolved(supportCase);
                }
                catch (ActivityFailedException failure)
                {
                    supportCase = steps.Catch(supportCase, failure);
                }

                if (resolved)
                    return await steps.RunAsync(CaseStates.CloseCase, CaseActivityNames.CloseCase, supportCase);

                supportCase = await steps.RunAsync(CaseStates.EscalateCase, CaseActivityNames.EscalateCase, supportCase);

                if (input.OnEscalation == OnEscalation.Fail || attempt >= input.MaxAttempts)
                    throw new CaseEscalatedException();
            }
        }
        catch (Exception error)
        {
            steps.Fail(error);
            throw;
        }
    }
}
