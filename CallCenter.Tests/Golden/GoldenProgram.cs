using CallCenter.Api;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Management;
using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.CallCenter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Golden;

/// <summary>A program on a data folder, with both of its HTTP APIs and a clock that the test moves. Nothing but the disk is left when it stops.</summary>
internal sealed class GoldenProgram : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GoldenProgram(InstanceStore store, OrchestrationRegistry registry, ManualClock clock, RuntimeOptions? options)
    {
        (Store, Clock) = (store, clock);
        Runtime = new EmbeddedRuntime(registry, store, options ?? new RuntimeOptions(), clock, NullLogger.Instance);
        Client = new EmbeddedClient(Runtime);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseCallCenterApi(new CallCenterApi(new ApiOptions { HostName = "golden", Workflows = TestWorkflows.Served }), Client);
        new ManagementApi(Client, (request, id) => ApiOptions.ManagementUri(request, id)).Map(_app);
    }

    public InstanceStore Store { get; }

    public ManualClock Clock { get; }

    public EmbeddedRuntime Runtime { get; }

    public EmbeddedClient Client { get; }

    public HttpClient Http { get; } = new();

    /// <summary>Starts the program as it would be on the golden folder: every worker resolves his case.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="garbageShare">More garbage than this has a segment compacted.</param>
    public static Task<GoldenProgram> StartAsync(string folder, double garbageShare = 1) => StartAsync(
        new StoreOptions { NameOf = HistoryReader.NameOf, Folder = folder, FirstSegmentBytes = 8 << 10, LargestSegmentBytes = 16 << 10, GarbageShare = garbageShare, UpkeepInterval = Timeout.InfiniteTimeSpan },
        TestWorkflows.Registry(new CoinTossWorker(1)),
        GoldenFolder.Clock());

    public static async Task<GoldenProgram> StartAsync(StoreOptions options, OrchestrationRegistry registry, ManualClock clock, RuntimeOptions? runtime = null)
    {
        var program = new GoldenProgram(await StoreTesting.OpenAsync(options), registry, clock, runtime);
        await program._app.StartAsync();
        program.Http.BaseAddress = new Uri(program._app.Urls.Single());
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Client.Dispose();
        await Runtime.StopAsync();
    }
}
