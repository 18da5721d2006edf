using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>What keeps a custom status below the limit of the narrowest storage.</summary>
/// <remarks>
/// Azure Storage refuses a custom status over 16 KB, which is 8,192 UTF-16 characters of escaped JSON, and the instance then dies with no
/// status at all. What is cut depends on the steps alone, so it is the same on every runtime, and after a replay.
/// </remarks>
internal static class StatusLimit
{
    /// <summary>The most characters of escaped JSON; some way below the limit of the storage.</summary>
    public const int MaxCharacters = 8_000;

    /// <summary>The longest error message that is published, in characters.</summary>
    public const int ErrorMessageLength = 300;

    /// <summary>The longest text of a step where its place is short, in characters.</summary>
    public const int ShortTextLength = 60;

    /// <summary>
    /// As many of the newest steps stay as long as they can: an answer that somebody waits to see, what followed from it, and the next
    /// question.
    /// </summary>
    private const int NewestKept = 3;

    /// <summary>More than the names and times around the steps and the payload take, in characters.</summary>
    private const int Frame = 400;

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. "<>&'+`\\\u007F"u8, .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value)]);

    /// <summary>What has to go so that a status fits: old middle steps, then long notes and errors, then newer steps, then payloads.</summary>
    public static StatusCut CutOf(WorkflowStatus status)
    {
        if (Most(status) <= MaxCharacters || Fits(status, default))
            return default;
        var (old, all) = (Middle(status, NewestKept), Middle(status, 1));
        if (old > 0 && Fits(status, new StatusCut(old)))
            return new StatusCut(Fewest(status, old));
        for (var cut = new StatusCut(old, Texts: true); cut.Steps <= all; cut = cut with { Steps = cut.Steps + 1 })
        {
            if (Fits(status, cut))
                return cut;
        }
        return new StatusCut(all, Texts: true, Payloads: true);
    }

    /// <summary>An error whose message is short enough to be published.</summary>
    public static ErrorDetails Cut(ErrorDetails error) => error with { Message = Excerpt.Cut(error.Message, ErrorMessageLength) };

    /// <summary>At least as many characters as a text takes: none of them takes more than six.</summary>
    public static int Most(string? text) => 6 * (text?.Length ?? 0);

    /// <summary>How many characters a value takes.</summary>
    public static int Length(JsonElement value) => Length(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>Characters as the narrowest runtime counts them: a worker escapes all but ASCII, and some of that.</summary>
    public static int Length(ReadOnlySpan<byte> json)
    {
        if (!json.ContainsAny(Escaped))
            return json.Length;
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

    /// <summary>How many steps stand between the first ones and the newest.</summary>
    private static int Middle(WorkflowStatus status, int newest) => Math.Max(0, status.Steps.Count - StatusLayout.StepsBeforeGap - newest);

    /// <summary>The fewest steps that have to go, where it is enough that so many go. Found by halving: there may be thousands.</summary>
    private static int Fewest(WorkflowStatus status, int enough)
    {
        var low = 1;
        while (low < enough)
        {
            var middle = (low + enough) / 2;
            if (Fits(status, new StatusCut(middle)))
                enough = middle;
            else
                low = middle + 1;
        }
        return enough;
    }

    private static bool Fits(WorkflowStatus status, StatusCut cut) => Length(JsonText.Write(writer => status.Write(writer, cut))) <= MaxCharacters;

    /// <summary>At least as long as the status is, read off its parts: nearly every status is far from the limit.</summary>
    private static int Most(WorkflowStatus status) =>
        Frame + Most(status.Item) + Most(status.State) + Most(status.WaitingFor) + Most(status.Error?.Type) + Most(status.Error?.Message)
        + status.Steps.Most + (status.Payload is { } payload ? Length(payload) : 0);
}
