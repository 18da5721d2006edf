namespace CallCenter.Workflows.CallCenter;

/// <summary>The states of the process, named as in the tutorial.</summary>
public static class CaseStates
{
    /// <summary>Open Case (task).</summary>
    public const string OpenCase = "Open Case";

    /// <summary>Assign Case (task).</summary>
    public const string AssignCase = "Assign Case";

    /// <summary>Work on Case (task).</summary>
    public const string WorkOnCase = "Work on Case";

    /// <summary>Is Case Resolved (choice).</summary>
    public const string IsCaseResolved = "Is Case Resolved";

    /// <summary>Close Case (task, the end).</summary>
    public const string CloseCase = "Close Case";

    /// <summary>Escalate Case (task).</summary>
    public const string EscalateCase = "Escalate Case";

    /// <summary>Fail (fail).</summary>
    public const string Fail = "Fail";
}

/// <summary>The activities behind the task states.</summary>
public static class CaseActivityNames
{
    /// <summary>Opens the case.</summary>
    public const string OpenCase = "OpenCase";

    /// <summary>Assigns the case.</summary>
    public const string AssignCase = "AssignCase";

    /// <summary>Works on the case.</summary>
    public const string WorkOnCase = "WorkOnCase";

    /// <summary>Closes the case.</summary>
    public const string CloseCase = "CloseCase";

    /// <summary>Escalates the case.</summary>
    public const string EscalateCase = "EscalateCase";
}
