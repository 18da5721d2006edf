using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>
/// The API of AWS Step Functions over the workflows of a host, for callers that were written for it: the AWS CLI and the SDKs, with
/// nothing changed but the endpoint's URL. docs/step-functions-api.md says what it does and what it does not.
/// </summary>
/// <param name="options">What the host tells about itself.</param>
public sealed class StepFunctionsApi(StepFunctionsOptions options)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/aws";

    /// <summary>The header that names the operation.</summary>
    public const string Target = "X-Amz-Target";

    private const string Service = "AWSStepFunctions.";

    /// <summary>True for the paths that this API answers for: <c>/aws</c>, with or without a slash, and what is below it.</summary>
    /// <param name="path">The path, as it was sent.</param>
    public static bool Owns(string path) =>
        path.Equals(Path, StringComparison.OrdinalIgnoreCase) || path.StartsWith(Path + "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>True also for a call to <c>/</c> that can only be meant for this API, on a host whose root is free.</summary>
    /// <param name="path">The path, as it was sent.</param>
    /// <param name="target">The header <see cref="Target"/>.</param>
    public static bool Owns(string path, string? target) => Owns(path) || (path == "/" && target is not null);

    /// <summary>Answers a request. It never throws.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The durable runtime.</param>
    public async Task<ApiResponse> HandleAsync(ApiRequest request, IOrchestrationClient client)
    {
        var response = await AnswerAsync(request, client);
        return request.Method == "HEAD" ? response.WithoutBody() : response;
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request, IOrchestrationClient client)
    {
        try
        {
            return await RunAsync(request, client);
        }
        catch (AwsRefusedException refused)
        {
            return AwsResponse.Refusal(refused.Status, refused.Type, refused.Message);
        }
        catch (Exception error)
        {
            return AwsResponse.Of(options.Api.RefusalOf(error, request));
        }
    }

    private async Task<ApiResponse> RunAsync(ApiRequest request, IOrchestrationClient client)
    {
        if (request.Path != "/" && !request.Path.TrimEnd('/').Equals(Path, StringComparison.OrdinalIgnoreCase))
            throw new AwsRefusedException("UnknownOperationException", $"There is nothing at {Excerpt.Short(request.Path)}. The endpoint of this API is {Path}.", 404);
        if (request.Method != "POST")
            return AwsResponse.Of(Problem.Of(405, $"This is an endpoint for the AWS CLI and SDKs, which POST to it. Give it to them as --endpoint-url or endpoint_url.").With("Allow", "POST"));
        var name = request.Header(Target) is { } target && target.StartsWith(Service, StringComparison.Ordinal) ? target[Service.Length..] : null;
        var body = await ReadAsync(request, name);
        var caller = AwsAuthentication.Check(request, body, options);
        if (name is null)
            throw new AwsRefusedException("UnknownOperationException", $"The header {Target} must be '{Service}' and the name of an operation.");
        var operation = Operations.Find(name);
        using var parsed = Parse(body);
        return await operation(new AwsCall(name, parsed.RootElement, request, client, options, caller));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(ApiRequest request, string? operation)
    {
        try
        {
            return await RequestBody.ReadAsync(request);
        }
        catch (RefusedException refused) when (refused.Response.Status == 413 && operation == StartExecution.Name)
        {
            throw StartExecution.Refused($"A request may hold {RequestBody.MaxLength:N0} bytes at most, the input included.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var parsed = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new AwsRefusedException("SerializationException", "The body must be a JSON object.");
        }
    }
}
