using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Tests.Crash;
using Xunit.Abstractions;

namespace CallCenter.Tests.Http;

/// <summary>
/// Requests as nobody should make them: no answer blames the program, its log is quiet, it lives, and what was refused has started nothing.
/// A few with every run, as many as <c>CALLCENTER_FUZZ</c> says with it.
/// </summary>
public sealed partial class FuzzTests(ITestOutputHelper output)
{
    private const string Variable = "CALLCENTER_FUZZ";
    private const int Callers = 8;

    /// <summary>An answer that is not there by then is not waited for: half a request has none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly int Requests = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture) : 500;

    private readonly Progress _progress = new("fuzz.log", output);
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private readonly ConcurrentBag<string> _refused = [];

    [Fact]
    public async Task Http1_AnyBytes_AreNoFaultOfTheProgram()
    {
        await using var host = await StartAsync();

        await ManyAsync(Requests, async fuzz =>
        {
            var (request, id) = fuzz.Next();
            var statuses = Statuses(await SendAsync(host, request, hangUp: fuzz.Below(2) == 0));
            foreach (var status in statuses)
            {
                Count(status);
                Assert.True(IsFine(status), $"{status} for {Escaped(request)}");
            }
            // 409 says that it was started before.
            if (statuses is [>= 400 and not (409 or 503)])
                _refused.Add(id);
        });

        await AssertWellAsync(host);
        var started = await StartedAsync(host);
        Assert.DoesNotContain(_refused, started.Contains);
        _progress.Write($"{started.Count} cases started, {_refused.Count} requests refused");
    }

    [Fact]
    public async Task Http2_AnyRequest_IsNoFaultOfTheProgram()
    {
        await using var host = await StartAsync("--Kestrel:EndpointDefaults:Protocols", "Http2");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = host.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        await ManyAsync(Math.Max(100, Requests / 20), async fuzz =>
        {
            var (method, target, body) = fuzz.NextWellFormed();
            // Put together as text: resolved against an address, '//api' names another host.
            using var request = new HttpRequestMessage(new HttpMethod(method), host.Address.GetLeftPart(UriPartial.Authority) + target)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var patience = new CancellationTokenSource(fuzz.Below(4) == 0 ? TimeSpan.FromMilliseconds(fuzz.Below(3)) : TimeSpan.FromSeconds(10));
            try
            {
                using var response = await http.SendAsync(request, patience.Token);
                Count((int)response.StatusCode);
                Assert.True(IsFine((int)response.StatusCode), $"{response.StatusCode} for {method} {Escaped(target)} {Escaped(body)}");
                Assert.Equal(HttpVersion.Version20, response.Version);
            }
            catch (OperationCanceledException)
            {
                Count(0);
            }
            catch (HttpRequestException reset) when (reset.InnerException is HttpProtocolException or IOException)
            {
                // The stream or connection was reset by one side or the other: an answer, too.
                Count(-1);
            }
        });

        AssertQuiet(host);
        using var health = await http.GetAsync(new Uri("api/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    /// <summary>503 is documented; 505 is Kestrel's own, for another version of HTTP.</summary>
    private static bool IsFine(int status) => status is < 500 or 503 or 505;

    private static Task<SocketHost> StartAsync(params string[] settings) => SocketHost.StartAsync(["--CallCenter:ShutdownSeconds", "1", .. settings]);

    private async Task ManyAsync(int count, Func<FuzzRequests, Task> act)
    {
        var (left, seed) = (count, Random.Shared.Next());
        _progress.Write($"seed {seed}, {count} requests");
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var fuzz = new FuzzRequests(seed + caller);
            for (var number = Interlocked.Decrement(ref left); number >= 0; number = Interlocked.Decrement(ref left))
            {
                await act(fuzz);
                if (number % 10_000 == 0)
                    _progress.Write($"{number} left");
            }
        })));
        _progress.Write(string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}")));
    }

    private static async Task<string> SendAsync(SocketHost host, string request, bool hangUp)
    {
        using var socket = await host.ConnectAsync();
        var stream = socket.GetStream();
        using var patience = new CancellationTokenSource(Patience);
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
            if (hangUp)
                socket.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (Exception over) when (over is IOException or SocketException or OperationCanceledException)
        {
            // What came before counts.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static void AssertQuiet(SocketHost host) => Assert.True(!host.Log.Errors.Any(), string.Join('\n', host.Log.Errors.Take(3)));

    private static async Task AssertWellAsync(SocketHost host)
    {
        using var health = await host.Http.GetAsync(new Uri("api/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var content = new StringContent("""{"inputCaseID":"1"}""", Encoding.UTF8, "application/json");
        using var start = await host.Http.PostAsync(new Uri("api/cases", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        AssertQuiet(host);
    }

    private static async Task<HashSet<string>> StartedAsync(SocketHost host)
    {
        var ids = new HashSet<string>();
        string? token = null;
        do
        {
            using var page = JsonDocument.Parse(await host.Http.GetStringAsync(new Uri($"api/cases?top=1000&continuationToken={token}", UriKind.Relative)));
            ids.UnionWith(page.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!));
            token = page.RootElement.GetProperty("continuationToken").GetString();
        }
        while (token is not null);
        return ids;
    }

    private static int[] Statuses(string answer) =>
        [.. StatusLine().Matches(answer).Select(line => int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Where(status => status >= 200)];

    private void Count(int status) => _answers.AddOrUpdate(status, 1, (_, count) => count + 1);

    private static string Escaped(string request) => JsonSerializer.Serialize(request);

    [GeneratedRegex("(?:^|\\n)HTTP/1\\.1 (\\d{3}) ")]
    private static partial Regex StatusLine();
}
