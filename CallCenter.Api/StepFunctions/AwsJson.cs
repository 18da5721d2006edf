using System.Text.Json;

namespace CallCenter.Api.StepFunctions;

/// <summary>Values as AWS writes them.</summary>
internal static class AwsJson
{
    /// <summary>A time: seconds since 1970, with milliseconds as AWS gives them.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTime utc) =>
        writer.WriteNumber(name, (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond / 1000m);

    /// <summary>A text, left out where there is none: AWS writes no nulls.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    /// <summary>JSON text, and that it is whole.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The member.</param>
    /// <param name="json">The text; null where it is left out.</param>
    /// <param name="detail">What says that it is whole.</param>
    public static void WriteData(this Utf8JsonWriter writer, string name, string? json, string detail = "included")
    {
        if (json is null)
            return;
        writer.WriteString(name, json);
        writer.WriteStartObject($"{name}Details");
        writer.WriteBoolean(detail, detail == "included");
        writer.WriteEndObject();
    }
}
