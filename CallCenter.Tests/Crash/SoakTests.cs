using System.Diagnostics;
using System.Globalization;
using System.Net;
using CallCenter.Tests.Storage;
using Xunit.Abstractions;

namespace CallCenter.Tests.Crash;

/// <summary>Minutes of constant load with purges, a retention of seconds and some restarts: memory, handles and disk must not grow.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    private const string SecondsVariable = "CALLCENTER_SOAK";
    private const int Callers = 8;
    private const int Lives = 4;

    /// <summary>Segments at their largest: the active one, the next, those that compaction has not come to, and what may still be read.</summary>
    private const long MostDisk = 512 << 20;

    private static readonly string[] Settings = ["--CallCenter:Retention", "00:00:05"];

    private readonly TemporaryFolder _folder = new();
    private readonly Progress _progress = new("soak.log", output);
    private int _cases;

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
        while (watch.Elapsed < time)
        {
            await Task.Delay(time / 30);
            var sample = Sample.Take(program, _folder.Path);
            samples.Add(sample);
            _progress.Write($"life {life}, {watch.Elapsed.TotalSeconds:F0} s: {_cases} cases, {sample}");
        }
        await Task.WhenAll(callers);
        return samples;
    }

    /// <summary>One case from its start to its end; every third is purged by its caller, the others by their retention.</summary>
    private async Task CaseAsync(HttpClient http)
    {
        var number = Interlocked.Increment(ref _cases);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/cases?instanceId=case-{number}", UriKind.Relative))
        {
            Content = new StringContent("""{"inputCaseID":"1"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Prefer", "wait=30");
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        if (number % 3 == 0)
            (await http.DeleteAsync(new Uri($"/api/cases/case-{number}", UriKind.Relative))).Dispose();
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
