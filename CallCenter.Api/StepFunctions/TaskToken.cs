using System.Globalization;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.StepFunctions;

/// <summary>
/// What an answer to an instance that waits is sent with: it names the instance, its start and the attempt, so that it answers nothing else.
/// It is no secret: who may answer needs a key.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="CreatedAt">When it was started, in ticks: a restart is another run.</param>
/// <param name="Attempt">The attempt that waits.</param>
internal sealed record TaskToken(string InstanceId, long CreatedAt, int Attempt)
{
    private const string Scope = "task";

    /// <summary>The token of an attempt.</summary>
    public static string Write(OrchestrationState state, int attempt) =>
        CheckedToken.Write(string.Create(CultureInfo.InvariantCulture, $"{state.CreatedAt.Ticks}/{attempt}/{state.InstanceId}"), Scope);

    /// <summary>Reads one.</summary>
    /// <exception cref="AwsRefusedException">It is none of ours.</exception>
    public static TaskToken Read(string token) =>
        CheckedToken.Read(token, Scope).Split('/', 3) is [var createdText, var attemptText, var id]
        && long.TryParse(createdText, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAt)
        && int.TryParse(attemptText, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new TaskToken(id, createdAt, attempt)
            : throw AwsRefusedException.InvalidToken();
}
