using System.Globalization;
using System.Net;
using System.Text;
using CallCenter.Api;
using CallCenter.Api.Console;
using CallCenter.Api.Host;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Api.StepFunctions;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CallCenter.Functions.Http;

/// <summary>Hands the requests of all HTTP functions to the contract, and its answers back: nothing is decided here.</summary>
public sealed class ApiBridge
{
    private readonly CallCenterApi _api;
    private readonly StepFunctionsApi _stepFunctions;
    private readonly string? _publicUrl;

    /// <param name="workflows">What the app runs; <c>GET /api/workflow</c> shows the first.</param>
    /// <param name="settings">The app's settings.</param>
    /// <param name="loggers">Told of what nobody expected.</param>
    /// <exception cref="InvalidSettingException">A setting is wrong: the app should not start.</exception>
    public ApiBridge(IEnumerable<ServedWorkflow> workflows, SettingsReader settings, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<ApiBridge>();
        _publicUrl = PublicUrl(settings);
        var storage = new StorageHealth(loggers.CreateLogger<StorageHealth>());
        var options = new ApiOptions
        {
            HostName = HostName,
            Workflows = [.. workflows],
            // Only the status URI is the SDK's: its other eight are incomplete, and its body is written in PascalCase.
            StatusUri = (request, instanceId) => Public(((Caller)request.HostRequest!).StatusUri(instanceId)),
            List = ListCapabilities.PageByPage,
            ManagementUris = settings.Switch("ManagementUris", true),
            Health = async client => new HostHealth(await storage.AskAsync(client)),
            OnError = (error, failed) => logger.LogError(error, "{Method} {Path} failed", failed.Method, failed.Path),
        };
        _api = new(options);
        // The host's own keys cannot be read by the app, and no client of AWS can send one: so it has a key of its own.
        AwsKey[] keys = settings.Text("AwsSecretKey") is { } secret ? [new(Encoding.UTF8.GetBytes(secret), (_, _) => null)] : [];
        _stepFunctions = new(new StepFunctionsOptions(options)
        {
            Keys = () => keys,
            Closed = "The Step Functions API of this host is closed until the setting CallCenter__AwsSecretKey holds the secret access key that callers sign with.",
        });
    }

    /// <summary>The name of this host, as <c>/api/health</c> gives it.</summary>
    public const string HostName = "functions";

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The function's own client: its binding carries the key that the management URIs need.</param>
    public async Task<HttpResponseData> AnswerAsync(HttpRequestData request, DurableTaskClient client) =>
        await WriteAsync(await _api.HandleAsync(Read(request, new Caller(request, client), _publicUrl), new DurableOrchestrationClient(client)), request);

    /// <summary>Answers a call of the Step Functions API, which looks at its callers' signatures itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The function's client.</param>
    public async Task<HttpResponseData> AnswerStepFunctionsAsync(HttpRequestData request, DurableTaskClient client) =>
        await WriteAsync(await _stepFunctions.HandleAsync(Read(request, new Caller(request, client)), new DurableOrchestrationClient(client)), request);

    /// <summary>Answers a request for the console's files, which hold no data and need no client.</summary>
    public static Task<HttpResponseData> AnswerConsoleAsync(HttpRequestData request) => WriteAsync(ConsoleFiles.Handle(Read(request, null)), request);

    /// <summary>The request as the contract wants it.</summary>
    private static ApiRequest Read(HttpRequestData request, Caller? caller, string? publicUrl = null) => new()
    {
        Method = request.Method.ToUpperInvariant(),
        Path = request.Url.AbsolutePath,
        Query = request.Url.Query,
        Header = name => request.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null,
        Body = request.Body,
        ContentLength = Length(request),
        BaseUri = publicUrl ?? request.Url.GetLeftPart(UriPartial.Authority),
        HostRequest = caller,
        Cancellation = request.FunctionContext.CancellationToken,
    };

    private static async Task<HttpResponseData> WriteAsync(ApiResponse answer, HttpRequestData request)
    {
        var response = request.CreateResponse((HttpStatusCode)answer.Status);
        foreach (var (name, value) in answer.Headers)
            response.Headers.Add(name, value);
        if (answer.ContentType is not null)
            response.Headers.Add("Content-Type", answer.ContentType);
        // Not even nothing is written to an answer that may have no body: the server refuses it.
        if (!answer.Body.IsEmpty)
        {
            response.Headers.Add("Content-Length", answer.Body.Length.ToString(CultureInfo.InvariantCulture));
            await response.Body.WriteAsync(answer.Body);
        }
        return response;
    }

    /// <summary>What URIs begin with in place of the name that the app was called by: a proxy in front of an app in Azure must call it by its own.</summary>
    private static string? PublicUrl(SettingsReader settings)
    {
        if (settings.Text("PublicUrl") is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0
            ? text.TrimEnd('/')
            : throw new InvalidSettingException(
                SettingsReader.Prefix + "PublicUrl", text, "an address such as https://cases.example.com or https://example.com/callcenter, without a query");
    }

    /// <summary>The same path behind the public address. By its text: a <see cref="Uri"/> would read an id such as <c>..</c> as a step in it.</summary>
    private string Public(string uri) => _publicUrl is null ? uri : _publicUrl + uri[uri.IndexOf('/', uri.IndexOf("://", StringComparison.Ordinal) + 3)..];

    private static long? Length(HttpRequestData request) =>
        request.Headers.TryGetValues("Content-Length", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    /// <summary>A request and the client of its function, whose binding knows the key that the management URIs need.</summary>
    private sealed record Caller(HttpRequestData Request, DurableTaskClient Client)
    {
        public string StatusUri(string instanceId) => Client.CreateHttpManagementPayload(instanceId, Request).StatusQueryGetUri!;
    }
}
