using System.Runtime.InteropServices;

namespace CallCenter.Bench.Machine;

/// <summary>What a run must not leave behind, however it ends: the processes that it started, the folders that it made.</summary>
internal static class Leftovers
{
    private static readonly Lock Gate = new();
    private static readonly List<Entry> Entries = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Makes Ctrl+C, and being told to end, clear what is left.</summary>
    public static void ClearOnSignals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
        {
            Signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Clear();
                Environment.Exit(130);
            }));
        }
    }

    /// <summary>Takes care of something until the answer is disposed.</summary>
    public static IDisposable Add(Action clear)
    {
        var entry = new Entry(clear);
        lock (Gate)
            Entries.Add(entry);
        return entry;
    }

    /// <summary>Clears all of it, the last first.</summary>
    public static void Clear()
    {
        while (true)
        {
            Entry entry;
            lock (Gate)
            {
                if (Entries.Count == 0)
                    return;
                entry = Entries[^1];
                Entries.RemoveAt(Entries.Count - 1);
            }
            try
            {
                entry.Clear();
            }
            catch (Exception failure)
            {
                Console.Error.WriteLine($"Something is left behind: {failure.Message}");
            }
        }
    }

    private sealed record Entry(Action Clear) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
            {
                // By reference: what two of them clear may be the same.
                Entries.RemoveAll(entry => ReferenceEquals(entry, this));
            }
        }
    }
}
