namespace CallCenter.Durable.Errors;

/// <summary>
/// An activity failed and its attempts are used up. Every runtime throws this one type, made from the failure's data, so
/// that a process decides on names and never on exception objects.
/// </summary>
[ErrorName("CallCenter.Workflow.ActivityFailedException")]
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
