namespace CallCenter.Api.StepFunctions;

/// <summary>Ends a call with a refusal under the name that AWS gives it: callers go by names.</summary>
/// <param name="type">The name.</param>
/// <param name="message">What was wrong and what would be right.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class AwsRefusedException(string type, string message, int status = 400) : Exception(message)
{
    /// <summary>The name.</summary>
    public string Type { get; } = type;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A member of a request that breaks its rule, in AWS's words.</summary>
    /// <param name="value">What was given; null for nothing.</param>
    /// <param name="member">The member.</param>
    /// <param name="rule">What the member must do.</param>
    public static AwsRefusedException Validation(string? value, string member, string rule) =>
        Validation($"1 validation error detected: Value {(value is null ? "null" : $"'{value}'")} at '{member}' failed to satisfy constraint: Member must {rule}");

    /// <summary>A request that breaks a rule.</summary>
    public static AwsRefusedException Validation(string message) => new("ValidationException", message);

    /// <summary>A token that is none of ours.</summary>
    public static AwsRefusedException InvalidToken() => new("InvalidToken", "Invalid Token: 'Invalid token'");
}
