namespace CallCenter.Durable.Seams;

/// <summary>How an activity is tried again after a failure.</summary>
/// <param name="MaxAttempts">Attempts in all, the first included; 1 means no retry.</param>
/// <param name="FirstDelay">The wait before the second attempt; greater than zero.</param>
/// <param name="Backoff">What each further wait is multiplied by; at least 1.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, double Backoff)
{
    /// <summary>The longest wait between two attempts; the Durable Task SDK has the same default.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>The wait after the attempt of this number (the first is 1) has failed, at most <see cref="MaxDelay"/>.</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var seconds = FirstDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1);
        return seconds < MaxDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : MaxDelay;
    }
}
