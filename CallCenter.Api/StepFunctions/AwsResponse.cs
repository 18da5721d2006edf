using System.Text;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>Answers as AWS's JSON protocol 1.0 has them.</summary>
public static class AwsResponse
{
    /// <summary>The content type.</summary>
    public const string ContentType = "application/x-amz-json-1.0";

    /// <summary>A refusal of any other part of a host, for a caller who understands no other form than this one.</summary>
    /// <param name="refusal">The refusal, as <see cref="Problem"/> makes it.</param>
    public static ApiResponse Of(ApiResponse refusal)
    {
        // An answer to HEAD has no body.
        using var problem = JsonText.TryParse(Encoding.UTF8.GetString(refusal.Body.Span));
        var answer = Refusal(refusal.Status, TypeOf(refusal.Status), problem?.RootElement.StringOf("detail") ?? "");
        foreach (var name in (string[])["Retry-After", "Allow"])
        {
            if (refusal.Header(name) is { } value)
                answer.With(name, value);
        }
        return answer;
    }

    /// <summary>A success.</summary>
    internal static ApiResponse Ok(Action<Utf8JsonWriter> write) => Of(200, write);

    /// <summary>A success that says nothing.</summary>
    internal static ApiResponse Empty() => Ok(_ => { });

    /// <summary>A refusal.</summary>
    internal static ApiResponse Refusal(int status, string type, string message) => Of(status, writer =>
    {
        writer.WriteString("__type", type);
        writer.WriteString("message", message);
    }).With("x-amzn-ErrorType", type);

    private static ApiResponse Of(int status, Action<Utf8JsonWriter> write) => new ApiResponse(status, ContentType, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    })).With("x-amzn-RequestId", $"{Guid.NewGuid()}");

    private static string TypeOf(int status) => status switch
    {
        401 => "MissingAuthenticationTokenException",
        403 => "AccessDeniedException",
        404 or 405 => "UnknownOperationException",
        429 => "ThrottlingException",
        503 => "ServiceUnavailable",
        >= 500 => "InternalFailure",
        _ => "ValidationException",
    };
}
