using System.Net;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Standalone;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Crash;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.CallCenter;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>Promises 7 and 10 over HTTP: overload and a full disk refuse new starts, and nothing else.</summary>
public sealed class OverloadTests : IDisposable
{
    private static readonly string[] Reads = ["/api/health", "/api/cases", "/api/cases/case-1", "/api/workflow", "/runtime/webhooks/durabletask/instances/case-1?showHistory=true"];

    private readonly TemporaryFolder _folder = new();
    private readonly BlockingWorker _worker = new();

    public void Dispose()
    {
        _worker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_BeyondMaxPendingWhileActivitiesBlock_Is503AndReadsGoOn()
    {
        await using var app = await StartAsync(new DiskFileLayer(), "--CallCenter:MaxConcurrentActivities", "8", "--CallCenter:MaxPending", "20");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var started = 0;
        await Eventually.TrueAsync(async () => await StartAsync(http, $"case-{started + 1}") == HttpStatusCode.ServiceUnavailable || ++started < 0);
        await Eventually.TrueAsync(() => Task.FromResult(_worker.Blocked == 8));
        foreach (var read in Reads)
        {
            using var response = await http.GetAsync(new Uri(read, UriKind.Relative));
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
        }
        Assert.Equal(8, _worker.Blocked);

        _worker.Release();
        for (var number = 1; number <= started; number++)
            await http.DriveAsync($"case-{number}");
        Assert.Equal(HttpStatusCode.Accepted, await StartAsync(http, "another"));
        await http.DriveAsync("another");
    }

    [Fact]
    public async Task Activities_BlockEveryThreadThereIs_TheApiAnswers()
    {
        // More than the thread pool would add by itself before the deadline.
        const int Blocking = 400;
        await using var app = await StartAsync(new DiskFileLayer(), "--CallCenter:MaxConcurrentActivities", $"{Blocking}");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        try
        {
            var starts = Task.WhenAll(Enumerable.Range(1, Blocking).Select(number => StartAsync(http, $"case-{number}")));
            await Eventually.TrueAsync(() => Task.FromResult(starts.IsCompletedSuccessfully && _worker.Blocked == Blocking), () => $"{_worker.Blocked} block.");
            foreach (var read in Reads)
            {
                using var response = await http.GetAsync(new Uri(read, UriKind.Relative));
                Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
            }
        }
        finally
        {
            // Whatever became of it: the end of the program needs threads, too.
            _worker.Release();
        }
        await http.DriveAsync($"case-{Blocking}");
    }

    [Fact]
    public async Task Activities_OneNameWithALimit_TheOthersGoOn()
    {
        await using var app = await StartAsync(
            new DiskFileLayer(), "--CallCenter:MaxConcurrentActivities", "8", "--CallCenter:MaxConcurrentActivitiesOf:WorkOnCase", "2");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        for (var number = 1; number <= 20; number++)
            Assert.Equal(HttpStatusCode.Accepted, await StartAsync(http, $"case-{number}"));

        // Each has been opened and assigned, whatever became of the work on those before it.
        await Eventually.TrueAsync(async () => (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
            .Contains("callcenter_activities_waiting{durabletask_task_name=\"WorkOnCase\"} 18", StringComparison.Ordinal));
        Assert.Equal(2, _worker.Blocked);
        _worker.Release();
        for (var number = 1; number <= 20; number++)
            await http.DriveAsync($"case-{number}");
    }

    [Fact]
    public async Task Start_WhileTheDiskIsFull_Is503ReadsGoOnAndSoDoCasesOnceThereIsRoom()
    {
        var disk = new TestDisk(seed: 1);
        await using var app = await StartAsync(disk);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.Accepted, await StartAsync(http, "case-1"));
        await Eventually.TrueAsync(() => Task.FromResult(_worker.Blocked == 1));

        disk.Capacity = 0;
        disk.FailingFlushes = int.MaxValue;
        _worker.Release();
        // Its result finds the disk full. Who comes while nobody knows that yet waits for room.
        await Eventually.TrueAsync(async () => (await http.GetStringAsync(new Uri("/api/health", UriKind.Relative))).Contains("read-only", StringComparison.Ordinal));
        for (var number = 2; number < 5; number++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StartAsync(http, $"case-{number}"));
        foreach (var read in Reads)
        {
            using var response = await http.GetAsync(new Uri(read, UriKind.Relative));
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
        }
        Assert.False((await http.CaseAsync("case-1")).HasEnded());
        using (var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using (var live = await http.GetAsync(new Uri("/livez", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        disk.FailingFlushes = 0;
        disk.Capacity = long.MaxValue;
        await http.DriveAsync("case-1");
        await http.AuditAsync("case-1");
        await Eventually.TrueAsync(async () => await StartAsync(http, "case-5") is HttpStatusCode.Accepted or HttpStatusCode.Conflict);
        await http.DriveAsync("case-5");
        using var again = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    /// <summary>A refusal says when to try again.</summary>
    private static async Task<HttpStatusCode> StartAsync(HttpClient http, string id)
    {
        using var content = new StringContent("""{"inputCaseID":"1"}""");
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(new Uri($"/api/cases?instanceId={id}", UriKind.Relative), content);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        return response.StatusCode;
    }

    private Task<WebApplication> StartAsync(IFileLayer disk, params string[] settings) =>
        StandaloneHost.StartAsync(["--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--Logging:LogLevel:Default", "None", .. settings], TestWorkflows.With(_worker), disk);

    /// <summary>Blocks its thread, as bad code does.</summary>
    private sealed class BlockingWorker : ICaseWorker, IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private int _blocked;

        public int Blocked => Volatile.Read(ref _blocked);

        public void Release() => _gate.Set();

        public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _blocked);
            _gate.Wait(CancellationToken.None);
            return Task.FromResult(1);
        }

        public void Dispose() => _gate.Dispose();
    }
}
