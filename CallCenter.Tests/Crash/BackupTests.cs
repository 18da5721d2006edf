using System.Globalization;
using CallCenter.Standalone;
using CallCenter.Standalone.Commands;
using CallCenter.Tests.Storage;
using Xunit.Abstractions;

namespace CallCenter.Tests.Crash;

/// <summary>Backups of a program under full load, with purges, rewinds and compaction: each is started elsewhere and audited.</summary>
/// <remarks>CALLCENTER_BACKUPS=20 makes that many, and writes to backups.log how each went.</remarks>
[Collection(CrashTestGroup.Name)]
public sealed class BackupTests(ITestOutputHelper log) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Backup_UnderLoad_StartsElsewhereWithEverythingAcknowledgedBefore()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("CALLCENTER_BACKUPS") ?? "2", CultureInfo.InvariantCulture);
        var progress = new Progress("backups.log", log);
        var (data, copy) = (Path.Combine(_folder.Path, "data"), Path.Combine(_folder.Path, "copy"));
        await using var storm = await KillStorm.StartAsync(data, int.MaxValue);
        for (var made = 1; made <= count; made++)
        {
            var compacted = Compacted(data);
            var more = storm.Acknowledged + 150;
            storm.Hold(false);
            await StoreTesting.UntilAsync(() => storm.Acknowledged >= more && Compacted(data) > compacted, "150 cases more, and compaction");
            var known = storm.Know();

            _output.GetStringBuilder().Clear();
            Assert.Equal(0, await ProgramCommands.RunAsync(["backup", data, copy], BuiltInWorkflows.Create, _output, _output));

            storm.Hold(true);
            // Started on a copy of it: the backup itself is needed for the next one.
            var restored = Path.Combine(_folder.Path, $"restored {made}");
            Copy(copy, restored);
            await using var program = await StandaloneProgram.StartScriptedAsync(restored, CrashProgram.SmallSegments);
            var found = await storm.AuditAsync(program, known);
            progress.Write($"{made}: {known.Acknowledged.Count} acknowledged before, {found} found and ended; {Compacted(data)} segments compacted away; {_output.ToString().Split('\n')[0]}");
        }
    }

    /// <summary>How many segments have gone.</summary>
    private static int Compacted(string data)
    {
        var numbers = Directory.GetFiles(data, "*.journal").Select(path => int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 0 ? 0 : numbers.Max() - numbers.Count;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "lock"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
