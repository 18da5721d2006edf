using System.Text.Json;
using CallCenter.Durable.Errors;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// Keeps a custom status under what Azure Storage takes. It refuses more than 16 KB, which is 8,192 UTF-16 characters of
/// escaped JSON, and the case then dies without any status at all; so the oldest middle steps go first.
/// </summary>
internal static class ProgressLimit
{
    /// <summary>The most characters of JSON; some way below the limit of the storage.</summary>
    public const int MaxCharacters = 8_000;

    /// <summary>The longest error message that is published, in characters.</summary>
    public const int ErrorMessageLength = 300;

    /// <summary>Open Case and Assign Case are always kept: they happen once.</summary>
    private const int KeptAtTheStart = 2;

    public static CaseProgress Fit(CaseProgress progress)
    {
        if (UpperBound(progress) <= MaxCharacters)
            return progress;
        var (all, fitted) = (progress.Steps, progress);
        for (var omitted = 0; JsonSerializer.Serialize(fitted, CaseJson.Default.CaseProgress).Length > MaxCharacters && omitted < all.Count - KeptAtTheStart - 1;)
        {
            omitted++;
            fitted = progress with { StepsOmitted = omitted, Steps = [.. all.Take(KeptAtTheStart), .. all.Skip(KeptAtTheStart + omitted)] };
        }
        return fitted;
    }

    /// <summary>Cuts a text, never in the middle of a surrogate pair.</summary>
    public static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>An error whose message is short enough to be published.</summary>
    public static ErrorDetails Cut(ErrorDetails error) => error with { Message = Cut(error.Message, ErrorMessageLength)! };

    /// <summary>More than the JSON can be long, found without writing it: no character takes more than six (\uXXXX).</summary>
    private static int UpperBound(CaseProgress progress)
    {
        var text = Length(progress.Case?.Case, progress.Case?.Message, progress.Error?.Type, progress.Error?.Message);
        foreach (var step in progress.Steps)
            text += Length(step.Added, step.Agent, step.Note, step.AnswerId, step.Error?.Type, step.Error?.Message);
        return 300 + 6 * text + 230 * progress.Steps.Count;
    }

    private static int Length(params ReadOnlySpan<string?> texts)
    {
        var length = 0;
        foreach (var text in texts)
            length += text?.Length ?? 0;
        return length;
    }
}
