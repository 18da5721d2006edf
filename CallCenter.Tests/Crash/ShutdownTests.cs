using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>Promise 10: SIGTERM takes no more work, lets running activities end, and exits 0; what was cut off goes on after the restart.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class ShutdownTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SignalFact]
    public async Task Sigterm_ActivityRuns_LetsItEndLetsItsCallerGoAndExitsWithZero()
    {
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:WorkSeconds", "2");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/cases?instanceId=slow", UriKind.Relative)) { Content = JsonContent.Create(new { inputCaseID = "1" }) };
        request.Headers.Add("Prefer", "wait=30");
        var caller = program.Http.SendAsync(request);
        await WorksAsync(program);

        await program.TerminateAsync();

        using var answer = await caller;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(0, await program.ExitAsync());
        var exit = DateTime.UtcNow;
        await using var again = await StandaloneProgram.StartAsync(_folder.Path);
        await again.Http.DriveAsync("slow");
        await again.Http.AuditAsync("slow");
        Assert.True(await WorkedAtAsync(again) < exit, "The activity did not end with the first program.");
        Assert.DoesNotContain("crit:", program.Output, StringComparison.Ordinal);
    }

    [SignalFact]
    public async Task Sigterm_ActivityDoesNotEnd_IsCutOffAndGoesOnAfterTheRestart()
    {
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:WorkSeconds", "3600", "--CallCenter:ShutdownSeconds", "0.2");
        await program.Http.StartAsync(new { inputCaseID = "1" }, "slow");
        await WorksAsync(program);

        await program.TerminateAsync();

        Assert.Equal(0, await program.ExitAsync());
        await using var again = await StandaloneProgram.StartAsync(_folder.Path);
        await again.Http.DriveAsync("slow");
        await again.Http.AuditAsync("slow");
    }

    private static Task WorksAsync(StandaloneProgram program) => Eventually.TrueAsync(async () =>
    {
        using var response = await program.Http.GetAsync(new Uri("/api/cases/slow", UriKind.Relative));
        return response.IsSuccessStatusCode
            && JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("progress").GetProperty("state").GetString() == "Work on Case";
    });

    private static async Task<DateTime> WorkedAtAsync(StandaloneProgram program)
    {
        var body = await program.Http.GetStringAsync(new Uri("/runtime/webhooks/durabletask/instances/slow?showHistory=true", UriKind.Relative));
        var work = JsonElement.Parse(body).GetProperty("historyEvents").EnumerateArray()
            .Single(item => item.TryGetProperty("FunctionName", out var name) && name.GetString() == "WorkOnCase" && item.GetProperty("EventType").GetString() == "TaskCompleted");
        return DateTime.Parse(work.GetProperty("Timestamp").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }
}
