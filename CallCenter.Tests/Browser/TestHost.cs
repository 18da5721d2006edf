using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Durable;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Browser;

/// <summary>The real host on a folder and a port of its own; it can be stopped and started again.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _data = new();
    private readonly string[] _more;
    private readonly IReadOnlyList<IWorkflow> _workflows;
    private WebApplication? _app;

    private TestHost(string[] more, IReadOnlyList<IWorkflow> workflows) => (_more, _workflows) = (more, workflows);

    /// <summary>Where it listens.</summary>
    public string Url { get; } = $"http://127.0.0.1:{Ports.Free()}";

    /// <summary>Who works on the cases.</summary>
    public DecidingWorker Worker { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="more">More of a command line.</param>
    /// <param name="workflows">Workflows beside its own.</param>
    public static async Task<TestHost> StartAsync(string[] more, IReadOnlyList<IWorkflow>? workflows = null)
    {
        var host = new TestHost(more, workflows ?? []);
        await host.StartAgainAsync();
        return host;
    }

    public async Task StartAgainAsync() =>
        _app = await StandaloneHost.StartAsync(["--urls", Url, "--data", _data.Path, "--Logging:LogLevel:Default", "Critical", .. _more], settings => [.. TestWorkflows.With(Worker)(settings), .. _workflows]);

    public async Task StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Starts a case by the contract and gives its instance id.</summary>
    public async Task<string> StartCaseAsync(object input, string? instanceId = null, bool untilItHasEnded = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/api/cases{(instanceId is null ? "" : $"?instanceId={Uri.EscapeDataString(instanceId)}")}")
        {
            Content = JsonContent.Create(input),
        };
        if (untilItHasEnded)
            request.Headers.Add("Prefer", "wait=30");
        using var response = await Http.SendAsync(request);
        Assert.Equal(untilItHasEnded ? HttpStatusCode.OK : HttpStatusCode.Accepted, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty(untilItHasEnded ? "instanceId" : "id").GetString()!;
    }

    /// <summary>Answers a case by the contract, as somebody else does.</summary>
    public async Task AnswerCaseAsync(string instanceId, object answer)
    {
        using var response = await Http.PostAsJsonAsync($"{Url}/api/cases/{Uri.EscapeDataString(instanceId)}/work", answer);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Worker.Decide(1);
        await StopAsync();
        _data.Dispose();
    }
}
