using CallCenter.Durable.Text;

namespace CallCenter.Api.Http;

/// <summary>
/// The reason that a caller gives for a change.
/// It stands in the history and in logs, so it is a bounded line; and refused rather than cut, because half a reason may say the opposite.
/// </summary>
public static class ReasonText
{
    /// <summary>The longest, in UTF-16 characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>The reason, as it was given.</summary>
    /// <exception cref="RefusedException">400.</exception>
    public static string? Read(string? text)
    {
        var fault = text is null ? null
            : text.Length > MaxLength ? $"is {text.Length} characters long; at most {MaxLength} are allowed."
            : VisibleText.Fault(text);
        return fault is null ? text : throw new RefusedException(Problem.BadRequest([new("reason", $"'reason' {fault}")]));
    }
}
