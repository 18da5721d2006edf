using System.Runtime.InteropServices;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>What keeps a custom status below the limit of the narrowest storage.</summary>
internal static class StatusLimit
{
    /// <summary>The most characters of escaped JSON; some way below the limit of the storage.</summary>
    public const int MaxCharacters = 8_000;

    /// <summary>The longest error message that is published, in characters.</summary>
    public const int ErrorMessageLength = 300;

    /// <summary>More than the names and times around the steps and the payload take, in bytes.</summary>
    private const int Frame = 250;

    /// <summary>The longest text of a step where its place is short, in characters.</summary>
    private const int ShortTextLength = 60;

    /// <summary>Makes a status that fits: without the oldest middle steps, then with short notes and errors, then without payloads.</summary>
    public static WorkflowStatus Fit(WorkflowStatus status)
    {
        while (IsTooLong(status) && status.Steps.Omit())
        {
            // One at a time: most of the steps are to be seen.
        }
        if (!IsTooLong(status))
            return status;
        status.Steps.Shorten(ShortTextLength);
        return IsTooLong(status) ? status.WithoutPayloads() : status;
    }

    /// <summary>An error whose message is short enough to be published.</summary>
    public static ErrorDetails Cut(ErrorDetails error) => error with { Message = Excerpt.Cut(error.Message, ErrorMessageLength) };

    /// <summary>Characters as the narrowest runtime counts them: a worker escapes all but ASCII, and some of that.</summary>
    public static int Length(ReadOnlySpan<byte> json)
    {
        var length = 0;
        for (var i = 0; i < json.Length; i++)
        {
            length += json[i] switch
            {
                (byte)'<' or (byte)'>' or (byte)'&' or (byte)'\'' or (byte)'+' or (byte)'`' or 0x7F => 6,
                (byte)'\\' when i + 1 < json.Length && json[i + 1] == '"' => 5,
                < 0x80 => 1,
                < 0xC0 => 0,
                < 0xF0 => 6,
                _ => 12,
            };
        }
        return length;
    }

    /// <summary>Counted only where it may be too long: no byte becomes more than six characters.</summary>
    private static bool IsTooLong(WorkflowStatus status)
    {
        var bytes = status.Steps.Bytes + (status.Payload is { } payload ? JsonMarshal.GetRawUtf8Value(payload).Length : 0);
        return 6 * (bytes + Frame) + 6 * ErrorMessageLength > MaxCharacters
            && Length(JsonText.Write(writer => JsonSerializer.Serialize(writer, status, DurableJson.Default.WorkflowStatus))) > MaxCharacters;
    }
}
