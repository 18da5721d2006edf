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

    /// <summary>More than the names and times around the steps and the payload take, in characters.</summary>
    private const int Frame = 400;

    /// <summary>The longest text of a step where its place is short, in characters.</summary>
    private const int ShortTextLength = 60;

    /// <summary>Makes a status that fits: without the oldest middle steps, then with short notes and errors, then without payloads.</summary>
    public static WorkflowStatus Fit(WorkflowStatus status)
    {
        while (IsTooLong(status))
        {
            // One at a time: most of the steps are to be seen.
            if (status.Steps.Omit())
                continue;
            status.Steps.Shorten(ShortTextLength);
            return IsTooLong(status) ? status.WithoutPayloads() : status;
        }
        return status;
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

    /// <summary>The whole is written to be counted only where the sum of its parts, which are known, may be too long.</summary>
    private static bool IsTooLong(WorkflowStatus status) => Most(status) > MaxCharacters
        && Length(JsonText.Write(writer => JsonSerializer.Serialize(writer, status, DurableJson.Default.WorkflowStatus))) > MaxCharacters;

    /// <summary>At least as long as the status is. No character of a text takes more than six.</summary>
    private static int Most(WorkflowStatus status)
    {
        // What was left out changed something, and how much is not known by parts.
        if (status.Steps.Omitted > 0)
            return int.MaxValue;
        var texts = status.Item.Length + status.State.Length + (status.WaitingFor?.Length ?? 0) + (status.Error?.Type.Length ?? 0) + (status.Error?.Message.Length ?? 0);
        return Frame + 6 * texts + status.Steps.Length + (status.Payload is { } payload ? Length(JsonMarshal.GetRawUtf8Value(payload)) : 0);
    }
}
