using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;

namespace CallCenter.Tests.Hosting;

/// <summary>The port is bound before the journal is touched; until the cases are taken up, whoever calls is told so.</summary>
public sealed class StartingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SlowDisk _disk = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("GET", "/api/cases")]
    [InlineData("POST", "/api/cases")]
    [InlineData("GET", "/console")]
    [InlineData("GET", "/runtime/webhooks/durabletask/instances")]
    [InlineData("GET", "/nowhere")]
    public async Task Request_WhileTheJournalIsRead_Is503AndServedAfterwards(string method, string path)
    {
        var (start, url) = await BeginAsync();

        using (var early = await _http.SendAsync(new HttpRequestMessage(new(method), url + path)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
            Assert.Equal("application/problem+json", early.Content.Headers.ContentType?.MediaType);
            Assert.Equal(TimeSpan.FromSeconds(1), early.Headers.RetryAfter?.Delta);
            Assert.Contains("is starting", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        _disk.Release();
        await using var app = await start;

        using var late = await _http.SendAsync(new HttpRequestMessage(new(method), url + path));
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, late.StatusCode);
    }

    [Fact]
    public async Task StepFunctionsApi_WhileTheJournalIsRead_IsRefusedInAwsForm()
    {
        var (start, url) = await BeginAsync();

        using (var early = await _http.SendAsync(AwsSigner.Call(new Uri(url + "/aws"), "ListStateMachines", "{}")))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
            Assert.Equal("ServiceUnavailable", JsonElement.Parse(await early.Content.ReadAsStringAsync()).GetProperty("__type").GetString());
            Assert.Equal(TimeSpan.FromSeconds(1), early.Headers.RetryAfter?.Delta);
        }
        _disk.Release();
        await using var app = await start;
    }

    [Fact]
    public async Task Health_WhileTheJournalIsRead_IsStarting()
    {
        var (start, url) = await BeginAsync();

        using var early = await _http.GetAsync(new Uri($"{url}/api/health"));
        using var live = await _http.GetAsync(new Uri($"{url}/livez"));
        using var notReady = await _http.GetAsync(new Uri($"{url}/readyz"));
        _disk.Release();
        await using var app = await start;
        using var ready = await _http.GetAsync(new Uri($"{url}/readyz"));
        using var late = await _http.GetAsync(new Uri($"{url}/api/health"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (early.StatusCode, await StatusAsync(early)));
        Assert.Equal((HttpStatusCode.OK, "ok"), (live.StatusCode, await StatusAsync(live)));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (notReady.StatusCode, await StatusAsync(notReady)));
        Assert.Equal((HttpStatusCode.OK, "ok"), (ready.StatusCode, await StatusAsync(ready)));
        Api.DocumentedAnswers.Program.Check("GET", "/api/health", (int)early.StatusCode, early.Content.Headers.ContentType?.ToString());
        Assert.Equal((HttpStatusCode.OK, "ok"), (late.StatusCode, await StatusAsync(late)));
    }

    [Fact]
    public async Task Start_JournalCannotBeOpened_StopsListening()
    {
        var (start, url) = await BeginAsync();
        _disk.Failure = new IOException("The disk is gone.");
        _disk.Release();

        Assert.Contains("The disk is gone.", (await Assert.ThrowsAsync<StoreFolderException>(() => start)).Message, StringComparison.Ordinal);

        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync(new Uri($"{url}/api/health")));
    }

    /// <summary>A start that has come as far as the disk.</summary>
    private async Task<(Task<WebApplication> Start, string Url)> BeginAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://{free.LocalEndpoint}";
        free.Stop();
        var start = StandaloneHost.StartAsync(["--urls", url, "--data", _folder.Path, "--Logging:LogLevel:Default", "None"], BuiltInWorkflows.Create, _disk);
        await _disk.Begun.WaitAsync(TimeSpan.FromSeconds(30));
        return (start, url);
    }

    private static async Task<string?> StatusAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("status").GetString();

    /// <summary>A disk that is as slow as the test wants before it gives the first file.</summary>
    private sealed class SlowDisk : IFileLayer, IDisposable
    {
        private readonly DiskFileLayer _disk = new();
        private readonly ManualResetEventSlim _gate = new();
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public IOException? Failure { get; set; }

        public void Release() => _gate.Set();

        public void CreateFolder(string path)
        {
            _begun.SetResult();
            _gate.Wait(CancellationToken.None);
            if (Failure is not null)
                throw Failure;
            _disk.CreateFolder(path);
        }

        public IReadOnlyList<string> List(string folder) => _disk.List(folder);

        public long FreeBytes(string folder) => _disk.FreeBytes(folder);

        public bool Restrict(string path) => _disk.Restrict(path);

        public IStoreFile Create(string path) => _disk.Create(path);

        public IStoreFile Open(string path) => _disk.Open(path);

        public void Move(string from, string to) => _disk.Move(from, to);

        public void Delete(string path) => _disk.Delete(path);

        public void FlushFolder(string folder) => _disk.FlushFolder(folder);

        public IDisposable? TryLock(string path) => _disk.TryLock(path);

        public void Dispose()
        {
            _gate.Set();
            _gate.Dispose();
        }
    }
}
