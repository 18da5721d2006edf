using System.Diagnostics;
using System.Globalization;
using System.Net;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Xunit.Abstractions;

namespace CallCenter.Tests.Crash;

/// <summary>
/// Minutes of constant load with purges, rewinds, a retention of seconds and some kills, and on a small disk (TMPDIR names one) a full one now and then:
/// memory, handles and disk must not grow, and nothing is left behind.
/// </summary>
[Collection(CrashTestGroup.Name)]
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private const string SecondsVariable = "CALLCENTER_SOAK";
    private const int Callers = 8;
    private const int Lives = 4;

    /// <summary>Segments at their largest: the active one, the next, those that compaction has not come to, and what may still be read.</summary>
    private const long MostDisk = 512 << 20;

    /// <summary>A disk up to this size is filled to its last byte in each life.</summary>
    private const long SmallDisk = 4L << 30;

    private const string Unfinished = "/runtime/webhooks/durabletask/instances?runtimeStatus=Running,Pending,Suspended";

    private static readonly string[] Settings = ["--CallCenter:Retention", "00:00:05"];

    private readonly TemporaryFolder _folder = new();
    private readonly Progress _progress = new("soak.log", output);
    private int _cases;
    private int _rewound;
    private int _refused;
    private volatile bool _wasFull;

    public void Dispose() => _folder.Dispose();

    [LongFact(SecondsVariable, "300")]
    public async Task Load_ForMinutes_HoldsMemoryHandlesAndDiskLevel()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable(SecondsVariable)!, CultureInfo.InvariantCulture);
        var disk = new List<long>();
        for (var life = 1; life <= Lives; life++)
        {
            await using var program = await StandaloneProgram.StartAsync(_folder.Path, Settings);
            var samples = await LoadAsync(program, TimeSpan.FromSeconds((double)seconds / Lives), life);
            disk.Add(samples.Max(sample => sample.Disk));
            // The first third warms up.
            var (middle, last) = (samples[(samples.Count / 3)..(samples.Count * 2 / 3)], samples[(samples.Count * 2 / 3)..]);
            AssertLevel("memory", middle.Max(sample => sample.Memory), last.Max(sample => sample.Memory));
            AssertLevel("handles", middle.Max(sample => sample.Handles), last.Max(sample => sample.Handles));
            program.Kill();
        }
        await using (var program = await StandaloneProgram.StartAsync(_folder.Path, Settings))
            await Eventually.TrueAsync(async () => (await program.Http.GetStringAsync(new Uri(Unfinished, UriKind.Relative))).Contains("[]", StringComparison.Ordinal));
        _progress.Write($"{_cases} cases, {_rewound} rewound, {_refused} refused by the full disk; none is left unfinished");
        Assert.All(disk, bytes => Assert.InRange(bytes, 0, MostDisk));
    }

    private async Task<List<Sample>> LoadAsync(StandaloneProgram program, TimeSpan time, int life)
    {
        var (watch, samples) = (Stopwatch.StartNew(), new List<Sample>());
        var callers = Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (watch.Elapsed < time)
                await CaseAsync(program.Http);
        }).ToList();
        var filling = new DriveInfo(_folder.Path).TotalSize <= SmallDisk ? FillDiskAsync(program.Http, time / 3, time / 4) : Task.CompletedTask;
        while (watch.Elapsed < time)
        {
            await Task.Delay(time / 30);
            var sample = Sample.Take(program, _folder.Path);
            samples.Add(sample);
            _progress.Write($"life {life}, {watch.Elapsed.TotalSeconds:F0} s: {_cases} cases, {sample}");
        }
        await Task.WhenAll([filling, .. callers]);
        return samples;
    }

    /// <summary>One case from its start to its end. Every fifth that has failed is rewound; every third is purged by its caller, the others by their retention.</summary>
    private async Task CaseAsync(HttpClient http)
    {
        var wasFull = _wasFull;
        var number = Interlocked.Increment(ref _cases);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/cases?instanceId=case-{number}", UriKind.Relative))
        {
            Content = new StringContent("""{"inputCaseID":"1"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Prefer", "wait=30");
        using var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK && (wasFull || _wasFull))
        {
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted });
            Interlocked.Increment(ref _refused);
            return;
        }
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        if (number % 5 == 0 && (await response.Content.ReadAsStringAsync()).Contains("\"Failed\"", StringComparison.Ordinal))
        {
            using var rewound = await http.PostAsync(new Uri($"/runtime/webhooks/durabletask/instances/case-{number}/rewind?reason=soak", UriKind.Relative), null);
            if (rewound.StatusCode == HttpStatusCode.Accepted)
                Interlocked.Increment(ref _rewound);
        }
        if (number % 3 == 0)
            (await http.DeleteAsync(new Uri($"/api/cases/case-{number}", UriKind.Relative))).Dispose();
    }

    /// <summary>Leaves no byte for a while. How soon the program says so is up to the room that it has prepared; that it goes on afterwards is not.</summary>
    private async Task FillDiskAsync(HttpClient http, TimeSpan after, TimeSpan during)
    {
        await Task.Delay(after);
        _wasFull = true;
        using (var filler = new FileStream(Path.Combine(Path.GetTempPath(), $"filler-{Environment.ProcessId}"), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        }))
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < during; await Task.Delay(100))
                Fill(filler);
        }
        await Eventually.TrueAsync(() => IsReadyAsync(http));
        _wasFull = false;
    }

    private static void Fill(FileStream filler)
    {
        for (var chunk = 1 << 20; chunk > 0;)
        {
            try
            {
                filler.Write(new byte[chunk]);
            }
            catch (IOException)
            {
                chunk /= 2;
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private static void AssertLevel(string what, long before, long after) =>
        Assert.True(after <= before * 3 / 2, $"{what} grew from {before} to {after}.");

    private sealed record Sample(long Memory, long Handles, long Disk)
    {
        public static Sample Take(StandaloneProgram program, string folder)
        {
            var (memory, handles) = program.Use();
            // Files come and go under the eyes of whoever lists them.
            var disk = new DirectoryInfo(folder).EnumerateFiles().Sum(file => File.Exists(file.FullName) ? file.Length : 0);
            return new(memory, handles, disk);
        }

        public override string ToString() => $"{Memory >> 20} MiB of memory, {Handles} handles, {Disk >> 20} MiB of disk";
    }
}
