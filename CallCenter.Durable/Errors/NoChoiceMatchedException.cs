namespace CallCenter.Durable.Errors;

/// <summary>A choice found a value that none of its ways takes; Step Functions names this error so.</summary>
[ErrorName("CallCenter.Workflow.NoChoiceMatchedException")]
public sealed class NoChoiceMatchedException() : Exception(ErrorName)
{
    /// <summary>The error name of Amazon States Language.</summary>
    public const string ErrorName = "States.NoChoiceMatched";
}
