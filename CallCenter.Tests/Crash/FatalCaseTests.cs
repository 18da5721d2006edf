using System.Net;
using CallCenter.Durable.Errors;
using CallCenter.Runtime;
using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>Promise 11 in the real program: a case that brings it down each time is failed after five recoveries, and harms no other.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class FatalCaseTests : IDisposable
{
    private const int Recoveries = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Activity_BringsTheProgramDown_IsFailedAfterFiveRecoveries()
    {
        await using (var program = await StandaloneProgram.StartScriptedAsync(_folder.Path))
        {
            await program.Http.StartAsync(CaseKind.Agent, "waits");
            try
            {
                await program.Http.StartAsync(new { inputCaseID = CrashProgram.FatalCase }, "fatal");
            }
            catch (HttpRequestException)
            {
                // It may be that fast.
            }
            await program.ExitAsync();
        }
        for (var life = 1; life <= Recoveries; life++)
        {
            await using var program = await StandaloneProgram.StartScriptedAsync(_folder.Path);
            await program.ExitAsync();
        }

        await AuditAsync();
    }

    private async Task AuditAsync()
    {
        await using var last = await StandaloneProgram.StartScriptedAsync(_folder.Path);
        await last.Http.DriveAsync("fatal");
        var fatal = await last.Http.CaseAsync("fatal");
        Assert.Equal("Failed", fatal.GetProperty("runtimeStatus").GetString());
        Assert.Equal(ErrorDetails.NameOf(typeof(RepeatedlyInterruptedException)), fatal.GetProperty("error").GetProperty("type").GetString());

        await last.Http.DriveAsync("waits");
        Assert.Equal(CaseKind.Agent.Activities(), await last.Http.AuditAsync("waits"));
        Assert.Equal(HttpStatusCode.Conflict, await last.Http.StartAsync(CaseKind.Agent, "waits"));
    }
}
