using CallCenter.Standalone;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Contract;

/// <summary>
/// The host under test: the one at <c>CALLCENTER_URL</c> (with the key <c>CALLCENTER_KEY</c>, where it wants one), or
/// Standalone, started here. Other cases may be in it: every test uses ids of its own.
/// </summary>
public sealed class ContractHost : IAsyncLifetime
{
    private readonly string _run = $"contract-{Guid.NewGuid():N}"[..17];
    private WebApplication? _app;
    private string? _data;
    private int _ids;

    /// <summary>Calls the contract, with the key; every answer is held to the OpenAPI document.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>Calls whole URIs that the host gave. They carry their own key, and another one beside it would beat it.</summary>
    public HttpClient Given { get; } = new();

    public async Task InitializeAsync()
    {
        var url = Environment.GetEnvironmentVariable("CALLCENTER_URL");
        if (string.IsNullOrEmpty(url))
        {
            _data = Directory.CreateTempSubdirectory("callcenter-contract-").FullName;
            _app = await StandaloneHost.StartAsync(["--urls", "http://127.0.0.1:0", "--data", _data, "--Logging:LogLevel:Default", "Error"], BuiltInWorkflows.Create);
            url = _app.Urls.Single();
        }
        Api = new HttpClient(new DocumentedAnswersHandler { InnerHandler = new HttpClientHandler() }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(100) };
        if (Environment.GetEnvironmentVariable("CALLCENTER_KEY") is { Length: > 0 } key)
            Api.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    /// <summary>An instance id that nobody else has; all of one name start alike.</summary>
    public string NewId(string name = "case") => $"{_run}-{name}-{Interlocked.Increment(ref _ids)}";

    public async Task DisposeAsync()
    {
        Api.Dispose();
        Given.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_data is not null)
            Directory.Delete(_data, recursive: true);
    }
}

/// <summary>All contract tests share one host.</summary>
[CollectionDefinition(Name)]
public sealed class ContractTestGroup : ICollectionFixture<ContractHost>
{
    public const string Name = "Contract";
}
