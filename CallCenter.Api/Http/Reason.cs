namespace CallCenter.Api;

/// <summary>The reason that a caller gives for a change. It stands in the history and in logs, so it is bounded; and refused rather than cut, because half a reason may say the opposite.</summary>
public static class Reason
{
    /// <summary>The longest, in UTF-16 characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>The reason, as it was given.</summary>
    /// <exception cref="RefusedException">400.</exception>
    public static string? Read(string? text) => text?.Length > MaxLength
        ? throw new RefusedException(Problem.BadRequest([new("reason", $"'reason' is {text.Length} characters long; at most {MaxLength} are allowed.")]))
        : text;
}
