using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CallCenter.Durable.Seams;

/// <summary>The retry policy of the activities, as it stands in an input.</summary>
public sealed record RetryOptions
{
    /// <summary>Attempts in all, 1 to 20.</summary>
    [JsonPropertyName("maxAttempts"), Range(1, 20)]
    [DisplayName("Tries in all"), Description("How often a step is tried before it fails.")]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Seconds before the second attempt, 0.01 to 3600.</summary>
    [JsonPropertyName("firstDelaySeconds"), Range(0.01, 3600)]
    [DisplayName("First pause (seconds)"), Description("How long it waits before the second try.")]
    public double FirstDelaySeconds { get; init; } = 1;

    /// <summary>What each further delay is multiplied by, 1 to 10.</summary>
    [JsonPropertyName("backoff"), Range(1.0, 10)]
    [DisplayName("Pause multiplier"), Description("What each further pause is multiplied by.")]
    public double Backoff { get; init; } = 2;

    /// <summary>The same for a runtime.</summary>
    public RetryPolicy ToPolicy() => new(MaxAttempts, TimeSpan.FromSeconds(FirstDelaySeconds), Backoff);
}
