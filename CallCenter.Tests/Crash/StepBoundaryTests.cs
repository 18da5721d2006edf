using System.Net;
using CallCenter.Standalone.Runtime;
using CallCenter.Tests.Runtime;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>
/// The real program is killed at every step boundary, by name and pass, and started again on the same folder: the next kill meets
/// what the one before left. At the end all cases have ended right. (Every prefix of the journal is tried in CrashAtEveryChangeTests.)
/// </summary>
[Collection(CrashTestGroup.Name)]
public sealed class StepBoundaryTests
{
    public static TheoryData<CaseKind, string[]> Boundaries => new()
    {
        {
            CaseKind.Resolved,
            [
                $"{CrashPoint.StartAppended}:1", $"{CrashPoint.Committed}:1", $"{CrashPoint.Dispatched}:1",
                $"{CrashPoint.ActivityBegun}:1", $"{CrashPoint.ActivityEnded}:2", $"{CrashPoint.Appended}:3", $"{CrashPoint.Committed}:3",
                $"{CrashPoint.ActivityBegun}:4", $"{CrashPoint.ActivityEnded}:4", $"{CrashPoint.FinishAppended}:1", $"{CrashPoint.Committed}:5",
            ]
        },
        { CaseKind.Unresolved, [$"{CrashPoint.ActivityEnded}:3", $"{CrashPoint.Dispatched}:4", $"{CrashPoint.FinishAppended}:1", $"{CrashPoint.Committed}:5"] },
        { CaseKind.Retry, [$"{CrashPoint.Appended}:3", $"{CrashPoint.Committed}:4", $"{CrashPoint.ActivityBegun}:4", $"{CrashPoint.FinishAppended}:1"] },
        { CaseKind.Agent, [$"{CrashPoint.Dispatched}:3", $"{CrashPoint.Appended}:3", $"{CrashPoint.Committed}:4", $"{CrashPoint.FinishAppended}:1"] },
        { CaseKind.Deadline, [$"{CrashPoint.TimerDue}:1", $"{CrashPoint.Appended}:3"] },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Kill_AtEveryBoundary_EveryCaseEndsRight(CaseKind kind, string[] points)
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new HashSet<string>();
        foreach (var point in points)
        {
            var id = point.Replace(':', '-');
            await using var program = await StandaloneProgram.StartScriptedAsync(folder.Path, $"{point}:{id}");
            await EndsByItselfAsync(program, async () =>
            {
                if (await program.Http.StartAsync(kind, id) == HttpStatusCode.Accepted)
                    acknowledged.Add(id);
                await program.Http.DriveAsync(id);
            });
        }

        await using var last = await StandaloneProgram.StartScriptedAsync(folder.Path);
        foreach (var id in points.Select(point => point.Replace(':', '-')))
        {
            var again = await last.Http.StartAsync(kind, id);
            Assert.True(again == HttpStatusCode.Conflict || !acknowledged.Contains(id), $"{id} was acknowledged and is not there.");
            await last.Http.DriveAsync(id);
            Assert.Equal(kind.Activities(), await last.Http.AuditAsync(id));
            Assert.Equal(kind.Message(), (await last.Http.CaseAsync(id)).GetProperty("progress").GetProperty("case").GetProperty("Message").GetString());
        }
    }

    [Fact]
    public async Task Kill_InTheMiddleOfRecovery_EveryCaseEndsRight()
    {
        using var folder = new TemporaryFolder();
        string[] ids = ["first", "second", "third"];
        await using (var program = await StandaloneProgram.StartScriptedAsync(folder.Path, $"{CrashPoint.ActivityBegun}:1:third"))
        {
            await EndsByItselfAsync(program, async () =>
            {
                await program.Http.StartAsync(CaseKind.Agent, "first");
                await program.Http.StartAsync(CaseKind.Agent, "second");
                await program.Http.StartAsync(CaseKind.Resolved, "third");
                await program.ExitAsync();
            });
        }
        foreach (var point in new[] { $"{CrashPoint.Replaying}:1:second", $"{CrashPoint.Replayed}:1:second", $"{CrashPoint.Replaying}:1:third", $"{CrashPoint.Retaken}:1:third", $"{CrashPoint.Committed}:1:third" })
        {
            await using var program = await StandaloneProgram.StartScriptedAsync(folder.Path, point);
            await program.ExitAsync();
        }

        await using var last = await StandaloneProgram.StartScriptedAsync(folder.Path);
        foreach (var id in ids)
        {
            await last.Http.DriveAsync(id);
            Assert.Equal((id == "third" ? CaseKind.Resolved : CaseKind.Agent).Activities(), await last.Http.AuditAsync(id));
        }
    }

    /// <summary>The program must come to its crash point while it does this.</summary>
    private static async Task EndsByItselfAsync(StandaloneProgram program, Func<Task> work)
    {
        try
        {
            await work();
            await program.ExitAsync();
        }
        catch (HttpRequestException)
        {
            // It was stopped under the caller's hands.
            await program.ExitAsync();
        }
    }
}
