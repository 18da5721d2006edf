using CallCenter.Durable;
using CallCenter.Runtime;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Runtime.Storage.Recovery;
using CallCenter.Standalone.Hosting;
using CallCenter.Standalone.Http.Keys;

namespace CallCenter.Standalone.Commands;

/// <summary><c>--check</c>: whether the program could start with these settings on this folder, which may be that of a running one. Nothing is changed.</summary>
internal static class CheckCommand
{
    public static int Run(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output)
    {
        using var app = (IDisposable)StandaloneHost.Build(args, workflows);
        var services = ((WebApplication)app).Services;
        var settings = services.GetRequiredService<StandaloneSettings>();
        var keys = services.GetRequiredService<ApiKeyRing>();
        var addresses = ListenAddresses.Read(services.GetRequiredService<IConfiguration>());
        foreach (var address in addresses.Where(ListenAddresses.IsForOthers))
            keys.Expose(address);
        output.WriteLine($"Settings  valid; it would listen on {string.Join(" and ", addresses)}, {(keys.Current.IsEmpty ? "without a key" : "with keys")}");
        output.WriteLine($"Folder    {settings.Data}");
        CheckFolder(settings, output);
        output.WriteLine("Nothing was changed.");
        return 0;
    }

    private static void CheckFolder(StandaloneSettings settings, TextWriter output)
    {
        if (!Directory.Exists(settings.Data))
        {
            output.WriteLine("          does not exist; it would be created");
            return;
        }
        var registry = StandaloneHost.RegistryOf(settings);
        using var journal = JournalView.Read(StandaloneHost.StoreOf(settings, registry), CancellationToken.None);
        var counts = journal.Instances.EndedCounts(null);
        var bytes = journal.Segments.All.Sum(segment => segment.End) / (double)(1 << 20);
        output.WriteLine(FormattableString.Invariant($"Journal   {journal.Segments.All.Count} segments with {bytes:N1} MiB, everything that was read is valid"));
        output.WriteLine($"Cases     {journal.Unfinished.Count} unfinished, " + string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}")));
        foreach (var (name, count) in Unknown(journal, registry))
            output.WriteLine($"          {count} unfinished of '{name}', which this program does not run: they would wait");
        var free = new DiskFileLayer().FreeBytes(settings.Data) / (double)(1 << 30);
        output.WriteLine(FormattableString.Invariant($"Disk      {free:N1} GiB free"));
        if (FolderLock.RunningOwner(settings.Data) is { } owner)
            output.WriteLine($"In use    by {owner}: a start would be refused while that runs");
    }

    /// <summary>The unfinished instances that this build has no code for, by the names of their orchestrations.</summary>
    private static IEnumerable<(string Name, int Count)> Unknown(JournalView journal, OrchestrationRegistry registry) =>
        from instance in journal.Unfinished
        let name = System.Text.Encoding.UTF8.GetString(Runtime.History.HistoryReader.NameOf(instance.Payloads[0].Span))
        where registry.FindOrchestration(name) is null
        group name by name into unknown
        select (unknown.Key, unknown.Count());
}
