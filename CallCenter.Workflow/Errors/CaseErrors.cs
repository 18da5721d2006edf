namespace CallCenter.Workflow;

/// <summary>The Fail state: the case was escalated, and the process ends with the tutorial's cause.</summary>
public sealed class CaseEscalatedException() : Exception(Cause)
{
    /// <summary>The cause of the tutorial's Fail state.</summary>
    public const string Cause = "Engage Tier 2 Support.";
}

/// <summary>Is Case Resolved found a Status that none of its choices takes; Step Functions names this error so.</summary>
public sealed class NoChoiceMatchedException() : Exception(ErrorName)
{
    /// <summary>The error name of Amazon States Language.</summary>
    public const string ErrorName = "States.NoChoiceMatched";
}

/// <summary>
/// An activity failed and its attempts are used up. Every runtime throws this one type, made from the failure's data, so
/// that a process decides on names and never on exception objects.
/// </summary>
public sealed class ActivityFailedException : Exception
{
    /// <param name="activityName">The activity that failed.</param>
    /// <param name="error">The failure of its last attempt.</param>
    public ActivityFailedException(string activityName, ErrorDetails error)
        : base($"{activityName}: {error.Type}: {error.Message}") =>
        (ActivityName, Error) = (activityName, error);

    /// <summary>The activity that failed.</summary>
    public string ActivityName { get; }

    /// <summary>The failure of its last attempt.</summary>
    public ErrorDetails Error { get; }
}
