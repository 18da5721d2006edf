using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Keys;

/// <summary>Standalone with the settings of a test, and somebody to call it.</summary>
internal sealed class KeyHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    private KeyHost(TemporaryFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public Uri Url => new(_app.Urls.Single());

    public static async Task<KeyHost> StartAsync(params string[] settings)
    {
        var folder = new TemporaryFolder();
        try
        {
            return new(folder, await StandaloneHost.StartAsync(Arguments(folder, settings), BuiltInWorkflows.Create));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Three keys, one of each role, of the same name.</summary>
    public static string[] Keys { get; } =
    [
        .. Key(0, "reader", "key-of-the-reader", "read"),
        .. Key(1, "desk", "key-of-the-desk!!", "agent"),
        .. Key(2, "chief", "key-of-the-chief!", "admin"),
    ];

    public static string[] Key(int index, string? name, string? key, string? role) =>
    [
        .. name is null ? [] : new[] { $"--CallCenter:Keys:{index}:Name", name },
        .. key is null ? [] : new[] { $"--CallCenter:Keys:{index}:Key", key },
        .. role is null ? [] : new[] { $"--CallCenter:Keys:{index}:Role", role },
    ];

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? key = null, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string? key = null, object? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, key, body, headers);
        return response.StatusCode;
    }

    /// <summary>Starts a case that waits for an agent, and gives the body of its 202.</summary>
    public async Task<JsonElement> StartCaseAsync(string id, string? key = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync("POST", $"/api/cases?instanceId={id}", key, new { inputCaseID = "001", workMode = "agent" }, headers);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(body.GetProperty("statusQueryGetUri").GetString(), response.Headers.GetValues("Location").Single());
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static string[] Arguments(TemporaryFolder folder, string[] settings) =>
        ["--urls", "http://127.0.0.1:0", "--data", folder.Path, "--Logging:LogLevel:Default", "None", .. settings];
}
