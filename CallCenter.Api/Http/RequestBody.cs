using System.Text.Json;
using System.Text.Unicode;
using CallCenter.Durable.Schema;

namespace CallCenter.Api.Http;

/// <summary>Reads the JSON body of a request, never more of it than it may be long.</summary>
public static class RequestBody
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The whole of what the body says, as a schema has it. What is wrong with it is added to the errors, and it is of no use then.</summary>
    /// <exception cref="RefusedException">400, 413 or 415: it is no JSON object at all.</exception>
    internal static async Task<JsonElement> ReadAsync(ApiRequest request, InputSchema schema, List<FieldError> errors)
    {
        using var body = await ReadJsonAsync(request, schema.Example);
        return SchemaReader.NotAnObject(body.RootElement, schema) is { } refusal
            ? throw new RefusedException(Problem.Of(400, refusal))
            : SchemaReader.Read(body.RootElement, schema, errors);
    }

    /// <summary>The body, parsed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="example">A body that would be right, for the refusal of one that is not JSON.</param>
    /// <exception cref="RefusedException">400, 413 or 415.</exception>
    internal static async Task<JsonDocument> ReadJsonAsync(ApiRequest request, string example)
    {
        if (!IsJson(request.Header("Content-Type")))
            throw new RefusedException(Problem.Of(415, "The body must be JSON in UTF-8: send the header 'Content-Type: application/json'."));
        var body = WithoutByteOrderMark(await ReadAsync(request));
        if (body.IsEmpty)
            throw NotJson($"The body is empty. Send a JSON object such as {example}.");
        if (!Utf8.IsValid(body.Span))
            throw NotJson("The body is not valid UTF-8. Send JSON in UTF-8.");
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw NotJson($"The body is not JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}). Send a JSON object such as {example}.");
        }
    }

    private static RefusedException NotJson(string detail) => new(Problem.Of(400, detail));

    /// <summary>None at all is taken for JSON: this contract knows nothing else, and curl users forget it.</summary>
    private static bool IsJson(string? contentType)
    {
        var parts = HeaderList.Split(contentType, ';').ToArray();
        if (parts.Length == 0)
            return true;
        if (!parts[0].Equals("application/json", StringComparison.OrdinalIgnoreCase) && !parts[0].EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            return false;
        return parts.Skip(1)
            .Select(parameter => parameter.Split('=', 2, StringSplitOptions.TrimEntries))
            .All(pair => !pair[0].Equals("charset", StringComparison.OrdinalIgnoreCase)
                || (pair.Length == 2 && pair[1].Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII"));
    }

    /// <summary>The bytes. Reads to the end or one byte past the limit: a length that the caller claims is not to be trusted.</summary>
    /// <exception cref="RefusedException">413.</exception>
    /// <exception cref="UnreadableBodyException">It did not arrive whole.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(ApiRequest request)
    {
        if (request.ContentLength > MaxLength)
            throw TooLarge();
        var buffer = new byte[(int)(request.ContentLength ?? 1023) + 1];
        var length = 0;
        while (await ReadAsync(request, buffer.AsMemory(length)) is > 0 and var read)
        {
            length += read;
            if (length > MaxLength)
                throw TooLarge();
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * length, MaxLength + 1));
        }
        return buffer.AsMemory(0, length);
    }

    private static async ValueTask<int> ReadAsync(ApiRequest request, Memory<byte> buffer)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, request.Cancellation);
        }
        catch (IOException broken)
        {
            throw new UnreadableBodyException(broken);
        }
    }

    private static RefusedException TooLarge() => new(Problem.Of(413, $"The body may have at most {MaxLength:N0} bytes."));

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}

/// <summary>A body that did not arrive whole, which is its caller's fault or the connection's, whatever the host's exception says.</summary>
/// <param name="broken">The host's exception.</param>
public sealed class UnreadableBodyException(IOException broken) : Exception(broken.Message, broken)
{
    /// <summary>The refusal, where the host knows nothing better.</summary>
    public static ApiResponse Refusal() =>
        Problem.Of(400, "The body cannot be read: it ended early, or its chunks are malformed. Send it again, with its 'Content-Length'.");
}
