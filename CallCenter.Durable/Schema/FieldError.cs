namespace CallCenter.Durable.Schema;

/// <summary>One thing that is wrong with what somebody sent.</summary>
/// <param name="Field">The property of the body (<c>retry.maxAttempts</c>), the query parameter or the header.</param>
/// <param name="Message">What is wrong and what would be right, in a sentence.</param>
public sealed record FieldError(string Field, string Message);
