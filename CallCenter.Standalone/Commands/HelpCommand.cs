using System.Reflection;
using CallCenter.Api;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Standalone.Hosting;

namespace CallCenter.Standalone.Commands;

/// <summary><c>--help</c>: what the program can be told, and every setting that it reads.</summary>
internal static class HelpCommand
{
    private static readonly (string Typed, string Does)[] Usages =
    [
        ("[options]", "serves until it is told to stop (Ctrl+C, SIGTERM)"),
        ("--check [options]", "reads the settings and the data folder, says what it finds, and changes nothing"),
        ("replay [FOLDER]", "replays every history against this build's code, and says which are the same, end otherwise or diverge"),
        ("replay FILE", "the same for one history, as printed by --json or by the management API of either host"),
        ("replay [FOLDER] --json ID", "prints the history of one instance"),
        ("backup FOLDER TO", "copies the data folder, which may be in use, to another one; only what is new since the last time"),
        ("health [options]", "asks the program that listens at --urls whether it accepts work; exit code 0 or 1"),
        ("--help | --version", ""),
    ];

    public static int Print(Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output)
    {
        // As if nothing were set: a wrong setting must not keep anybody from reading what is right.
        var reader = new SettingsReader(_ => null);
        StandaloneSettings.Read(reader, workflows);
        var typed = Usages.Max(usage => usage.Typed.Length);
        output.WriteLine($"""
            CallCenter {ProductVersion.Text}: durable workflows in one program.

            Usage:
            {string.Join(Environment.NewLine, Usages.Select(usage => $"  {ProgramName()} {usage.Typed.PadRight(typed)}  {usage.Does}".TrimEnd()))}

            Options:
              --data DIR    the folder of the journal ({StandaloneSettings.DefaultData})
              --urls URL    where it listens ({ListenAddresses.Default}); several are separated by ';'

            Settings, as --CallCenter:NAME VALUE, as CallCenter__NAME=VALUE in the environment (':' is '__' there), or in appsettings.json
            beside the program. The command line wins, then the environment. docs/standalone.md says more of each.

            """);
        var width = reader.Described.Keys.Max(name => name.Length);
        foreach (var (name, about) in reader.Described)
            output.WriteLine($"  {name.PadRight(about.Length > 0 ? width : 0)}  {about}".TrimEnd());
        return 0;
    }

    /// <summary>As what it was started: an archive and the .NET tool call it <c>callcenter</c>.</summary>
    private static string ProgramName() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "callcenter" and var name ? name
        : Assembly.GetEntryAssembly()?.GetName().Name ?? "CallCenter.Standalone";
}
