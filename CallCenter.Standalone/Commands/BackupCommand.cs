using System.Diagnostics;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Backup;
using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Standalone.Commands;

/// <summary><c>backup FOLDER TO</c>: a copy of a data folder, which a program may be working on, in another; only what is new since the last one is copied.</summary>
internal static class BackupCommand
{
    public static int Run(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output)
    {
        if (args is not [var folder, var to, .. var rest] || folder.StartsWith('-') || to.StartsWith('-'))
            throw new InvalidSettingException("Two folders are needed: backup FOLDER TO, the data folder and the one that gets the copy.");
        var settings = StandaloneHost.SettingsOf(["--data", folder, .. rest], workflows);
        to = Path.GetFullPath(to);
        if (!Directory.Exists(settings.Data))
            throw new StoreFolderException(settings.Data, "does not exist.");
        if (Path.TrimEndingDirectorySeparator(to) == Path.TrimEndingDirectorySeparator(settings.Data))
            throw new StoreFolderException(to, "cannot be a copy of itself. Name another one.");
        var began = Stopwatch.GetTimestamp();
        var options = StandaloneHost.StoreOf(settings, StandaloneHost.RegistryOf(settings));
        var result = new JournalBackup(options, new DiskFileLayer(FileAccess.Read), to, new DiskFileLayer()).Run(CancellationToken.None);
        output.WriteLine(FormattableString.Invariant(
            $"Copied {result.Copied} of {result.Segments} segments, {result.Bytes / (double)(1 << 20):N1} MiB, in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s"));
        output.WriteLine($"{to} is complete: it contains everything that was acknowledged before the backup began.");
        return 0;
    }
}
