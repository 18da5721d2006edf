using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CallCenter.Tests.Crash;

/// <summary>Callers who never give up, and the program that is killed under them.</summary>
internal sealed class KillStorm : IAsyncDisposable
{
    private const int Callers = 16;

    private readonly string _data;
    private readonly TimeSpan _pause;
    private readonly ConcurrentDictionary<string, string> _ended = new();
    private readonly Task _callers;
    private volatile StandaloneProgram _program;
    private volatile int _last;
    private int _next;
    private int _acknowledged;

    private KillStorm(string data, StandaloneProgram program, int cases, TimeSpan pause)
    {
        (_data, _program, _last, _pause) = (data, program, cases, pause);
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
    }

    /// <summary>How many cases were acknowledged: 202, 200, or 409 where the answer to an earlier attempt was lost.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <param name="data">The folder.</param>
    /// <param name="cases">How many cases are started.</param>
    /// <param name="pause">How long each caller rests between two cases, at most.</param>
    public static async Task<KillStorm> StartAsync(string data, int cases, TimeSpan pause = default) =>
        new(data, await StandaloneProgram.StartAsync(data), cases, pause);

    /// <summary>Kills the program, wherever it is, and starts it again.</summary>
    public async Task KillAsync()
    {
        await _program.DisposeAsync();
        _program = await StandaloneProgram.StartAsync(_data);
    }

    /// <summary>No more cases; the last ones are acknowledged.</summary>
    public async Task StopAsync()
    {
        _last = Math.Min(_last, Volatile.Read(ref _next));
        await _callers;
    }

    /// <summary>All cases are there, end, and have ended as they should; and what was shown as ended has not changed.</summary>
    public async Task AuditAsync()
    {
        var http = _program.Http;
        await Parallel.ForEachAsync(Enumerable.Range(1, _last), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            await http.DriveAsync(Id(number));
            await http.AuditAsync(Id(number));
            if (_ended.TryGetValue(Id(number), out var body))
                Assert.Equal(body, await http.GetStringAsync(new Uri($"/api/cases/{Id(number)}", UriKind.Relative), CancellationToken.None));
        });
        var counts = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/cases?top=1", UriKind.Relative))).GetProperty("counts");
        Assert.Equal(_last, counts.EnumerateObject().Sum(count => count.Value.GetInt64()));
    }

    public async ValueTask DisposeAsync()
    {
        _last = 0;
        await _program.DisposeAsync();
        await _callers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Id(int number) => $"case-{number}";

    private async Task CallAsync()
    {
        for (var number = Interlocked.Increment(ref _next); number <= _last; number = Interlocked.Increment(ref _next))
        {
            while (!await TryStartAsync(number) && _last > 0)
                await Task.Delay(20);
            Interlocked.Increment(ref _acknowledged);
            if (_pause > TimeSpan.Zero)
                await Task.Delay(Random.Shared.Next((int)_pause.TotalMilliseconds));
        }
    }

    private async Task<bool> TryStartAsync(int number)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/cases?instanceId={Id(number)}", UriKind.Relative))
            {
                Content = JsonContent.Create(new
                {
                    inputCaseID = $"{number}",
                    // Some wait for an agent through all the kills.
                    workMode = number % 20 == 0 && number <= 1000 ? "agent" : "simulated",
                    agentDeadlineSeconds = 86_400,
                    onEscalation = number % 3 == 0 ? "workAgain" : "fail",
                    maxAttempts = 3,
                }),
            };
            if (number % 4 == 1)
                request.Headers.Add("Prefer", "wait=30");
            using var response = await _program.Http.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK)
                _ended[Id(number)] = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                return false;
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.Conflict });
            return true;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Killed before, while or after it took the case: asking again tells.
            return false;
        }
    }
}
