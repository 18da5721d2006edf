using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
    private const int CheckLength = 6;

    /// <summary>The token of an attempt.</summary>
    public static string Write(OrchestrationState state, int attempt)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{state.CreatedAt.Ticks}/{attempt}/{state.InstanceId}"));
        return Base64Url.EncodeToString([.. Check(text), .. text]);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="AwsRefusedException">It is none of ours.</exception>
    public static TaskToken Read(string token)
    {
        if (!Base64Url.IsValid(token, out var length) || length <= CheckLength)
            throw AwsRefusedException.InvalidToken();
        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.AsSpan(0, CheckLength).SequenceEqual(Check(bytes.AsSpan(CheckLength)))
            && Encoding.UTF8.GetString(bytes, CheckLength, bytes.Length - CheckLength).Split('/', 3) is [var createdText, var attemptText, var id]
            && long.TryParse(createdText, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAt)
            && int.TryParse(attemptText, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new TaskToken(id, createdAt, attempt)
            : throw AwsRefusedException.InvalidToken();
    }

    private static byte[] Check(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes)[..CheckLength];
}
