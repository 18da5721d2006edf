using System.Text.Json.Serialization;

namespace CallCenter.Workflow;

/// <summary>An error as data: exception objects never cross a runtime.</summary>
/// <param name="Type">The full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
public sealed record ErrorDetails(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("message")] string Message)
{
    /// <summary>The data of an exception.</summary>
    public static ErrorDetails From(Exception error) => new(error.GetType().FullName ?? error.GetType().Name, error.Message);
}
