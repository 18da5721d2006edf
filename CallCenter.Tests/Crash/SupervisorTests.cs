using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>Thirteen restarts as a supervisor makes them, with an activity that outlives its patience: the case completes all the same.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class SupervisorTests : IDisposable
{
    private const int FailedStarts = 7;
    private const int ImpatientStops = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The supervisor has no patience at all.</summary>
    [SignalFact]
    public Task Case_RestartedThirteenTimes_Completes() => RestartAsync(workSeconds: 3600, shutdownSeconds: 3600, TimeSpan.Zero, lastWorkSeconds: 0);

    /// <summary>Times as they come: docker waits for 10 seconds.</summary>
    [LongFact("CALLCENTER_RESTARTS", "1")]
    public Task Case_RestartedThirteenTimesInRealTime_Completes() => RestartAsync(workSeconds: 25, shutdownSeconds: 10, TimeSpan.FromSeconds(10), lastWorkSeconds: 25);

    private async Task RestartAsync(int workSeconds, int shutdownSeconds, TimeSpan patience, int lastWorkSeconds)
    {
        string[] settings = ["--CallCenter:WorkSeconds", $"{workSeconds}", "--CallCenter:ResolveProbability", "1"];
        await using (var first = await StandaloneProgram.StartAsync(_folder.Path, [.. settings, "--CallCenter:ShutdownSeconds", "0"]))
        {
            await first.Http.StartAsync(new { inputCaseID = "1" }, "slow");
            await WorksAsync(first);
            await first.TerminateAsync();
            Assert.Equal(0, await first.ExitAsync());
        }

        using (var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            taken.Listen();
            for (var start = 1; start <= FailedStarts; start++)
            {
                await using var program = await StandaloneProgram.StartAsync(_folder.Path, [.. settings, "--urls", $"http://{taken.LocalEndPoint}"]);
                Assert.Equal(1, await program.ExitAsync());
            }
        }

        for (var stop = 1; stop <= ImpatientStops; stop++)
        {
            await using var program = await StandaloneProgram.StartAsync(_folder.Path, [.. settings, "--CallCenter:ShutdownSeconds", $"{shutdownSeconds}"]);
            using var halfOpen = await program.ConnectAsync("GET /api/he");
            await WorksAsync(program);
            await program.TerminateAsync();
            await program.EndsAsync();
            await Task.WhenAny(program.ExitAsync(), Task.Delay(patience));
            if (!program.HasExited)
                program.Kill();
            await program.ExitAsync();
        }

        await using var last = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:WorkSeconds", $"{lastWorkSeconds}", "--CallCenter:ResolveProbability", "1");
        await last.Http.DriveAsync("slow");
        await last.Http.AuditAsync("slow");
        Assert.Equal("Completed", (await last.Http.CaseAsync("slow")).GetProperty("runtimeStatus").GetString());
    }

    private static Task WorksAsync(StandaloneProgram program) => Eventually.TrueAsync(async () =>
    {
        var state = await program.Http.CaseAsync("slow");
        return state.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("state").GetString() == "Work on Case";
    });
}
