namespace CallCenter.Workflows.Employees;

/// <summary>An employee cannot be assigned. The message is meant for whoever runs the host: it names the setting to look at, and holds no password.</summary>
public sealed class AssignmentException : Exception
{
    /// <summary>What is wrong, in words.</summary>
    public AssignmentException(string message)
        : base(message)
    {
    }

    /// <summary>What is wrong, in words, and what it came from.</summary>
    public AssignmentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
