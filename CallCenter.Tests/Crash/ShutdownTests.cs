using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>
/// Promise 10: SIGTERM takes no more work, lets running activities end, and exits 0; what was cut off goes on after the restart. It takes
/// no longer than it was told, whatever is connected, and says at its beginning that it was asked to end.
/// </summary>
[Collection(CrashTestGroup.Name)]
public sealed class ShutdownTests : IDisposable
{
    /// <summary>Longer than anything should take, shorter than the server waits by itself (30 s).</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

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

    [SignalTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("HUP")]
    public async Task Signal_ThatAsksItToEnd_ExitsWithZero(string signal)
    {
        await using var program = await StandaloneProgram.StartAsync(_folder.Path);

        await program.SignalAsync(signal);

        Assert.Equal(0, await program.ExitAsync());
    }

    [SignalFact]
    public async Task Stop_KilledBeforeItsTimeIsOver_DoesNotBlameTheActivity()
    {
        for (var life = 1; life <= 6; life++)
        {
            await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:WorkSeconds", "3600", "--CallCenter:ShutdownSeconds", "3600");
            if (life == 1)
                await program.Http.StartAsync(new { inputCaseID = "1" }, "slow");
            await WorksAsync(program);
            await program.TerminateAsync();
            await program.EndsAsync();
            program.Kill();
            await program.ExitAsync();
        }

        await using var last = await StandaloneProgram.StartAsync(_folder.Path);
        await last.Http.DriveAsync("slow");
        await last.Http.AuditAsync("slow");
    }

    [SignalTheory]
    [InlineData("")]
    [InlineData("GET /api/he")]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n")]
    [InlineData("POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nPrefer: wait=30\r\nContent-Length: 38\r\n\r\n{\"inputCaseID\":\"1\",\"workMode\":\"agent\"}")]
    public async Task Stop_ConnectionThatAsksNothing_IsNotWaitedFor(string sent)
    {
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:ShutdownSeconds", "3600");
        using var connection = await program.ConnectAsync(sent);
        // Whatever was sent before has arrived by then.
        await program.Http.StartAsync(new { inputCaseID = "1" }, "another");

        await program.TerminateAsync();

        Assert.Equal(0, await program.ExitAsync(Soon));
    }

    [SignalFact]
    public async Task Stop_ActivityAndConnectionThatDoNotEnd_AreCutOffTogether()
    {
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:WorkSeconds", "3600", "--CallCenter:ShutdownSeconds", "0.2");
        using var connection = await program.ConnectAsync("GET /api/he");
        await program.Http.StartAsync(new { inputCaseID = "1" }, "slow");
        await WorksAsync(program);

        await program.TerminateAsync();

        Assert.Equal(0, await program.ExitAsync(Soon));
    }

    [SignalFact]
    public async Task Stop_RequestUnderWay_IsAnsweredBeforeTheJournalIsClosed()
    {
        const string body = """{"inputCaseID":"1"}""";
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, "--CallCenter:ShutdownSeconds", "3600");
        using var connection = await program.ConnectAsync($"POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        await program.Http.StartAsync(new { inputCaseID = "1" }, "another");
        await program.TerminateAsync();
        await program.EndsAsync();

        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(body));
        var answer = await new StreamReader(connection.GetStream()).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("is shutting down", answer, StringComparison.Ordinal);
        Assert.Equal(0, await program.ExitAsync(Soon));
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
