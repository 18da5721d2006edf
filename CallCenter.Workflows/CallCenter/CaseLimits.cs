using CallCenter.Durable.Seams;

namespace CallCenter.Workflows.CallCenter;

/// <summary>What a case's input may hold. The HTTP contract refuses anything else before a case is started.</summary>
public static class CaseLimits
{
    /// <summary>The longest case id, in UTF-16 characters.</summary>
    public const int CaseIdLength = 256;

    /// <summary>The longest name of an agent, in UTF-16 characters.</summary>
    public const int AgentLength = 64;

    /// <summary>The longest note of an agent, in UTF-16 characters.</summary>
    public const int NoteLength = 200;

    /// <summary>The longest id of an answer, in UTF-16 characters.</summary>
    public const int AnswerIdLength = 16;

    /// <summary>Range of <see cref="CaseInput.AgentDeadlineSeconds"/>: one second to 30 days.</summary>
    public static readonly (int Min, int Max) AgentDeadlineSeconds = (1, 2_592_000);

    /// <summary>Range of <see cref="CaseInput.MaxAttempts"/>.</summary>
    public static readonly (int Min, int Max) MaxAttempts = (1, 20);

    /// <summary>Range of <see cref="RetryOptions.MaxAttempts"/>.</summary>
    public static readonly (int Min, int Max) RetryMaxAttempts = (1, 20);

    /// <summary>Range of <see cref="RetryOptions.FirstDelaySeconds"/>.</summary>
    public static readonly (double Min, double Max) RetryFirstDelaySeconds = (0.01, 3600);

    /// <summary>Range of <see cref="RetryOptions.Backoff"/>.</summary>
    public static readonly (double Min, double Max) RetryBackoff = (1, 10);
}
