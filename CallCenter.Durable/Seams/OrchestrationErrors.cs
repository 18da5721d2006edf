namespace CallCenter.Durable.Seams;

/// <summary>The runtime takes no work now: overload, a full disk, or a shutdown. Nothing was started or changed.</summary>
/// <param name="message">What is wrong and what would help, for the caller.</param>
/// <param name="retryAfter">When trying again makes sense.</param>
public sealed class OrchestrationUnavailableException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>When trying again makes sense.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>A continuation token that this runtime did not give.</summary>
public sealed class InvalidContinuationTokenException() : Exception("The continuation token was not issued by this host.");
