using System.Net.Sockets;
using CallCenter.Api;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Runtime.Storage;
using CallCenter.Standalone.Hosting;

namespace CallCenter.Standalone.Commands;

/// <summary>What the program can be told to do. Told nothing, it serves.</summary>
internal static class ProgramCommands
{
    private const string Check = "--check";
    private const string Help = "--help";
    private const string Version = "--version";
    private const string Replay = "replay";
    private const string Backup = "backup";
    private const string Health = "health";

    /// <summary>The words that are no settings: what a misspelt one may have been meant to be.</summary>
    public static IReadOnlyList<string> Words { get; } = [Check, Help, Version, Replay, Backup, Health, ReplayCommand.Json];

    /// <summary>Does what a command line asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="workflows">Makes the workflows.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the reason goes when it cannot be done.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output, TextWriter error)
    {
        var what = "start";
        try
        {
            if (CommandLine.TakeFlag(ref args, Help, "-h", "-?", "/?"))
                return HelpCommand.Print(workflows, output);
            if (CommandLine.TakeFlag(ref args, Version))
                return Print(output, $"CallCenter {ProductVersion.Text}");
            if (CommandLine.TakeFlag(ref args, Check))
                return CheckCommand.Run(args, workflows, output);
            if (args is [Replay, .. var history])
            {
                what = Replay;
                return ReplayCommand.Run(history, workflows, output);
            }
            if (args is [Backup, .. var folders])
            {
                what = "make the backup";
                return BackupCommand.Run(folders, workflows, output);
            }
            if (args is [Health, .. var where])
            {
                what = "ask";
                return await HealthCommand.RunAsync(where, workflows, output);
            }
            return await ServeAsync(args, workflows);
        }
        catch (OperationCanceledException)
        {
            // It was asked to end before it was done.
            return 0;
        }
        catch (Exception failure)
        {
            // A settled reason is a sentence; whatever else may come up is a fault of ours, and its place is worth more than a sentence.
            var reason = IsSettled(failure) ? failure.Message.ReplaceLineEndings(" ") : failure.ToString();
            await error.WriteLineAsync($"CallCenter cannot {what}: {reason}");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows)
    {
        await using var app = await StandaloneHost.StartAsync(args, workflows);
        Welcome.Print(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static int Print(TextWriter output, string line)
    {
        output.WriteLine(line);
        return 0;
    }

    private static bool IsSettled(Exception failure) => failure
        is InvalidSettingException or FormatException or StoreException or InvalidDataException or InvalidOperationException
            or IOException or UnauthorizedAccessException or SocketException;
}
