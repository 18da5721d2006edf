using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CallCenter.Tests.Crash;

/// <summary>Callers who never give up, and the program that is killed under them, while others rewind and remove what has ended and the journal is compacted.</summary>
internal sealed class KillStorm : IAsyncDisposable
{
    private const int Callers = 16;
    private const int Operators = 4;

    private readonly string _data;
    private readonly TimeSpan _pause;
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new();
    private readonly ConcurrentDictionary<string, string> _ended = new();
    private readonly ConcurrentDictionary<string, byte> _rewound = new();
    private readonly ConcurrentDictionary<string, bool> _removed = new();
    private readonly Task _callers;
    private readonly Task _operators;
    private volatile StandaloneProgram _program;
    private volatile int _last;
    private volatile bool _stopped;
    private volatile bool _isHeld;
    private int _next;
    private int _rewinds;

    private KillStorm(string data, StandaloneProgram program, int cases, TimeSpan pause)
    {
        (_data, _program, _last, _pause) = (data, program, cases, pause);
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
        _operators = Task.WhenAll(Enumerable.Range(0, Operators).Select(_ => Task.Run(OperateAsync)));
    }

    /// <summary>How many cases were acknowledged: 202, 200, or 409 where the answer to an earlier attempt was lost.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>What else was done, for whoever watches.</summary>
    public string Beside => $"{Volatile.Read(ref _rewinds)} rewinds, {_removed.Count(one => one.Value)} removed";

    /// <param name="data">The folder.</param>
    /// <param name="cases">How many cases are started.</param>
    /// <param name="pause">How long each caller rests between two cases, at most.</param>
    public static async Task<KillStorm> StartAsync(string data, int cases, TimeSpan pause = default) =>
        new(data, await StartProgramAsync(data), cases, pause);

    /// <summary>Kills the program, wherever it is, and starts it again.</summary>
    public async Task KillAsync()
    {
        await _program.DisposeAsync();
        _program = await StartProgramAsync(_data);
    }

    /// <summary>No more cases; the last ones are acknowledged.</summary>
    public async Task StopAsync()
    {
        _last = Math.Min(_last, Volatile.Read(ref _next));
        await _callers;
        _stopped = true;
        await _operators;
    }

    /// <summary>All cases are there, end, and have ended as they should; what was shown as ended has not changed; what was removed is gone.</summary>
    public async Task AuditAsync()
    {
        var http = _program.Http;
        var gone = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, _last), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var id = Id(number);
            if (_removed.TryGetValue(id, out var isKnown))
            {
                using var response = await http.GetAsync(Case(id), CancellationToken.None);
                Assert.True(!isKnown || response.StatusCode == HttpStatusCode.NotFound, $"{id} was removed and is there.");
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    Interlocked.Increment(ref gone);
                    return;
                }
            }
            await http.DriveAsync(id);
            await http.AuditAsync(id);
            if (_ended.TryGetValue(id, out var body) && !_rewound.ContainsKey(id))
                Assert.Equal(body, await http.GetStringAsync(Case(id), CancellationToken.None));
        });
        var counts = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/cases?top=1", UriKind.Relative))).GetProperty("counts");
        Assert.Equal(_last - gone, counts.EnumerateObject().Sum(count => count.Value.GetInt64()));
    }

    /// <summary>Lets callers and operators rest, or go on.</summary>
    public void Hold(bool rest) => _isHeld = rest;

    /// <summary>What was known to be there, or to be gone, at a moment.</summary>
    public Knowledge Know()
    {
        var gone = _removed.Where(one => one.Value).Select(one => one.Key).ToHashSet();
        return new([.. _acknowledged.Keys], gone, _ended.ToDictionary());
    }

    /// <summary>All that was known before is so in another program, on a copy that was made afterwards, and what had not ended ends there.</summary>
    /// <returns>How many cases were there.</returns>
    public async Task<int> AuditAsync(StandaloneProgram copy, Knowledge before)
    {
        var found = 0;
        await Parallel.ForEachAsync(before.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) =>
        {
            using var response = await copy.Http.GetAsync(Case(id), CancellationToken.None);
            Assert.False(before.Gone.Contains(id) && response.IsSuccessStatusCode, $"{id} was removed and is there.");
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                // Removed while the copy was made, perhaps.
                Assert.True(_removed.ContainsKey(id), $"{id} was acknowledged and is not there.");
                return;
            }
            Interlocked.Increment(ref found);
            await copy.Http.DriveAsync(id);
            await copy.Http.AuditAsync(id);
            if (before.Ended.TryGetValue(id, out var body) && !_rewound.ContainsKey(id))
                Assert.Equal(body, await copy.Http.GetStringAsync(Case(id), CancellationToken.None));
        });
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        (_last, _stopped) = (0, true);
        await _program.DisposeAsync();
        await Task.WhenAll(_callers, _operators).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Task<StandaloneProgram> StartProgramAsync(string data) => StandaloneProgram.StartScriptedAsync(data, CrashProgram.SmallSegments);

    private static string Id(int number) => $"case-{number}";

    private static Uri Case(string id) => new($"/api/cases/{id}", UriKind.Relative);

    private async Task CallAsync()
    {
        for (var number = Interlocked.Increment(ref _next); number <= _last; number = Interlocked.Increment(ref _next))
        {
            while ((_isHeld || !await TryStartAsync(number)) && _last > 0)
                await Task.Delay(20);
            _acknowledged[Id(number)] = 0;
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
        catch (Exception lost) when (IsLost(lost))
        {
            // Killed before, while or after it took the case: asking again tells.
            return false;
        }
    }

    /// <summary>Rewinds failed cases, of which each fails again at once, and removes some of what has ended.</summary>
    private async Task OperateAsync()
    {
        while (!_stopped)
        {
            try
            {
                await Task.Delay(Random.Shared.Next(1, 20));
                if (_isHeld)
                    continue;
                var http = _program.Http;
                var page = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/cases?status=Failed,Completed&top=20", UriKind.Relative)));
                foreach (var shown in page.GetProperty("cases").EnumerateArray())
                {
                    var id = shown.GetProperty("instanceId").GetString()!;
                    // Its caller may ask again, and would start it anew.
                    if (!_acknowledged.ContainsKey(id))
                        continue;
                    if (Random.Shared.Next(3) == 0)
                        await RemoveAsync(http, id);
                    else if (shown.GetProperty("runtimeStatus").GetString() == "Failed")
                        await RewindAsync(http, id);
                }
            }
            catch (Exception lost) when (IsLost(lost))
            {
                // Killed under its hands, too.
            }
        }
    }

    private async Task RewindAsync(HttpClient http, string id)
    {
        _rewound[id] = 0;
        using var response = await http.PostAsync(new Uri($"/runtime/webhooks/durabletask/instances/{id}/rewind", UriKind.Relative), null);
        Interlocked.Increment(ref _rewinds);
    }

    private async Task RemoveAsync(HttpClient http, string id)
    {
        _removed.TryAdd(id, false);
        using var response = await http.DeleteAsync(Case(id));
        if (response.StatusCode == HttpStatusCode.NoContent)
            _removed[id] = true;
    }

    /// <summary>A connection that breaks while it is made comes as the socket's own exception at times.</summary>
    private static bool IsLost(Exception error) => error is HttpRequestException or SocketException or OperationCanceledException or ObjectDisposedException or IOException;

    /// <param name="Acknowledged">The cases that their callers know to have been taken.</param>
    /// <param name="Gone">Those of them that were removed.</param>
    /// <param name="Ended">The bodies of those that were shown as ended.</param>
    internal sealed record Knowledge(IReadOnlyCollection<string> Acknowledged, IReadOnlySet<string> Gone, IReadOnlyDictionary<string, string> Ended);
}
