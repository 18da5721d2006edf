using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>Error and cause of StopExecution as the one reason that an instance is terminated with.</summary>
internal static class StopReason
{
    /// <summary>The cause as it is, where there is nothing else to say; else both as JSON.</summary>
    /// <exception cref="AwsRefusedException">They are longer, or of other characters, than a reason may be.</exception>
    public static string? Write(string? error, string? cause)
    {
        // A cause that looks like both, or takes several lines, is written as JSON too.
        var reason = error is null && (cause is null || (VisibleText.Fault(cause) is null && Both(cause) is null)) ? cause : JsonText.Element(writer =>
        {
            writer.WriteStartObject();
            writer.WriteText("error", error);
            writer.WriteText("cause", cause);
            writer.WriteEndObject();
        }).GetRawText();
        try
        {
            return ReasonText.Read(reason);
        }
        catch (RefusedException)
        {
            throw AwsRefusedException.Validation(
                $"'error' and 'cause' together become the reason of the end, which is one line of at most {ReasonText.MaxLength} visible characters. Shorten them.");
        }
    }

    /// <summary>What an instance was terminated with.</summary>
    /// <param name="output">Its output.</param>
    public static (string? Error, string? Cause) Read(string? output)
    {
        using var parsed = JsonText.TryParse(output);
        var reason = parsed?.RootElement.AsText() ?? output;
        return string.IsNullOrEmpty(reason) ? (null, null) : Both(reason) ?? (null, reason);
    }

    private static (string? Error, string? Cause)? Both(string reason)
    {
        using var parsed = JsonText.TryParse(reason);
        if (parsed?.RootElement is not { ValueKind: JsonValueKind.Object } both)
            return null;
        var (error, cause) = (both.StringOf("error"), both.StringOf("cause"));
        return (error is null ? 0 : 1) + (cause is null ? 0 : 1) == both.GetPropertyCount() && both.GetPropertyCount() > 0 ? (error, cause) : null;
    }
}
