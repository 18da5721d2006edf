using CallCenter.Durable.Schema;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Http;

/// <summary>Refusals as <c>application/problem+json</c> (RFC 9457), for every 4xx and 5xx.</summary>
public static class Problem
{
    /// <summary>The content type.</summary>
    public const string ContentType = "application/problem+json; charset=utf-8";

    /// <summary>A refusal.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="detail">What was wrong and what would be right.</param>
    /// <param name="errors">The same for each field, where fields were wrong.</param>
    public static ApiResponse Of(int status, string detail, IReadOnlyList<FieldError>? errors = null) =>
        new ApiResponse(status, ContentType, JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            // The status codes say it all: no types of our own, so the title is the status' phrase (RFC 9457, 4.2.1).
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", Title(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            if (errors is { Count: > 0 })
            {
                writer.WriteStartArray("errors");
                foreach (var error in errors)
                {
                    writer.WriteStartObject();
                    writer.WriteString("field", error.Field);
                    writer.WriteString("message", error.Message);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }));

    /// <summary>A 400 that names every field that is wrong.</summary>
    public static ApiResponse BadRequest(IReadOnlyList<FieldError> errors) =>
        Of(400, string.Join(' ', errors.Select(error => error.Message)), errors);

    private static string Title(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        408 => "Request Timeout",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Error",
    };
}

/// <summary>Ends the handling of a request with a refusal.</summary>
/// <param name="response">The refusal.</param>
public sealed class RefusedException(ApiResponse response) : Exception
{
    /// <summary>The refusal.</summary>
    public ApiResponse Response { get; } = response;
}
