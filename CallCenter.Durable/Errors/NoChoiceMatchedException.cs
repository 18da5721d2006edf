namespace CallCenter.Durable.Errors;

/// <summary>Is Case Resolved found a Status that none of its choices takes; Step Functions names this error so.</summary>
[ErrorName("CallCenter.Workflow.NoChoiceMatchedException")]
public sealed class NoChoiceMatchedException() : Exception(ErrorName)
{
    /// <summary>The error name of Amazon States Language.</summary>
    public const string ErrorName = "States.NoChoiceMatched";
}
