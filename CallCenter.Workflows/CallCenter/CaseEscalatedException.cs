using CallCenter.Durable.Errors;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The Fail state: the case was escalated, and the process ends with the tutorial's cause.</summary>
[ErrorName("CallCenter.Workflow.CaseEscalatedException")]
public sealed class CaseEscalatedException() : Exception(Cause)
{
    /// <summary>The cause of the tutorial's Fail state.</summary>
    public const string Cause = "Engage Tier 2 Support.";
}
