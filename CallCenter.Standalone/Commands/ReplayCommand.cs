using System.Diagnostics;
using CallCenter.Api;
using CallCenter.Durable;
using CallCenter.Runtime;
using CallCenter.Runtime.Replaying;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Recovery;
using CallCenter.Standalone.Hosting;

namespace CallCenter.Standalone.Commands;

/// <summary><c>replay</c>: every history of a data folder, or one in a file, against the code of this build. Nothing is locked, run or written.</summary>
internal static class ReplayCommand
{
    /// <summary>Prints the history of one instance.</summary>
    public const string Json = "--json";

    /// <returns>0 when every history is the same, 1 when any is not.</returns>
    public static int Run(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output)
    {
        var id = CommandLine.TakeOption(ref args, Json);
        if (args is [var operand, .. var rest] && !operand.StartsWith('-'))
        {
            if (File.Exists(operand))
                return RunFile(operand, RegistryOf(rest, workflows), output);
            args = ["--data", operand, .. rest];
        }
        var settings = StandaloneHost.SettingsOf(args, workflows);
        if (!Directory.Exists(settings.Data))
            throw new StoreFolderException(settings.Data, "does not exist.");
        var registry = StandaloneHost.RegistryOf(settings);
        var began = Stopwatch.GetTimestamp();
        using var journal = JournalView.Read(StandaloneHost.StoreOf(settings, registry), CancellationToken.None);
        if (journal.Segments.All.Count == 0)
            throw new StoreFolderException(settings.Data, "holds no journal.");
        return id is null ? RunAll(settings.Data, journal, registry, began, output) : HistoryFile.Print(journal, registry, id, output);
    }

    private static int RunAll(string folder, JournalView journal, OrchestrationRegistry registry, long began, TextWriter output)
    {
        var replay = new JournalReplay(journal, registry);
        replay.Run(CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(FormattableString.Invariant(
            $"Replayed {replay.Total:N0} histories of {folder} in {seconds:N1} s with the code of CallCenter {ProductVersion.Text}"));
        foreach (var outcome in Enum.GetValues<ReplayOutcome>())
        {
            if (outcome != ReplayOutcome.Unreadable || replay.Count(outcome) > 0)
                output.WriteLine(FormattableString.Invariant($"  {WordOf(outcome),-14} {replay.Count(outcome),12:N0}"));
        }
        foreach (var outcome in Enum.GetValues<ReplayOutcome>().Reverse())
        {
            foreach (var (id, one) in replay.First(outcome))
                Print(output, id, one);
            if (replay.Count(outcome) > replay.First(outcome).Count && outcome != ReplayOutcome.Same)
                output.WriteLine(FormattableString.Invariant($"... and {replay.Count(outcome) - replay.First(outcome).Count:N0} more"));
        }
        return replay.Count(ReplayOutcome.Same) == replay.Total ? 0 : 1;
    }

    private static int RunFile(string path, OrchestrationRegistry registry, TextWriter output)
    {
        var (id, replay) = HistoryFile.Replay(path, registry);
        if (replay.Outcome == ReplayOutcome.Same)
            output.WriteLine($"{WordOf(replay.Outcome)}  {LogText.OneLine(id)}");
        else
            Print(output, id, replay);
        return replay.Outcome == ReplayOutcome.Same ? 0 : 1;
    }

    private static void Print(TextWriter output, string id, Replay one)
    {
        output.WriteLine($"{WordOf(one.Outcome)}  {LogText.OneLine(id)}");
        output.WriteLine($"    the history: {LogText.OneLine(one.Expected)}");
        output.WriteLine($"    the code:    {LogText.OneLine(one.Found)}");
    }

    private static string WordOf(ReplayOutcome outcome) => outcome switch
    {
        ReplayOutcome.Same => "same",
        ReplayOutcome.EndsOtherwise => "ends otherwise",
        ReplayOutcome.Diverges => "diverges",
        _ => "unreadable",
    };

    private static OrchestrationRegistry RegistryOf(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows) =>
        StandaloneHost.RegistryOf(StandaloneHost.SettingsOf(args, workflows));
}
