namespace CallCenter.Functions.Retention;

/// <summary>How long ended instances are kept.</summary>
/// <param name="Age">Counted from the end of an instance; null keeps all.</param>
public sealed record RetentionOptions(TimeSpan? Age);
