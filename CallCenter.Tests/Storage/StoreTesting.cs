using System.Runtime.InteropServices;
using System.Text;
using CallCenter.Durable.Seams;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Commit;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Storage;

/// <summary>What every test of the store needs.</summary>
internal static class StoreTesting
{
    /// <summary>A store of small segments, in which everything happens on the thread that asks for it.</summary>
    public static readonly StoreOptions SmallSegments = new()
    {
        NameOf = NameOf,
        Folder = "/data",
        FirstSegmentBytes = 1024,
        LargestSegmentBytes = 2048,
        OwnThreads = false,
        UpkeepInterval = Timeout.InfiniteTimeSpan,
    };

    public static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Task<InstanceStore> OpenAsync(StoreOptions options, IFileLayer? files = null) =>
        InstanceStore.OpenAsync(options, files ?? new DiskFileLayer(), NullLogger.Instance, CancellationToken.None);

    /// <summary>In tests of the store the name is what a payload says up to a colon; without one it has none.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> payload) => payload[..Math.Max(0, payload.IndexOf((byte)':'))];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : "(none)";

    /// <summary>Waits until a position is durable.</summary>
    public static async Task DurableAsync(this IInstanceStore store, long position)
    {
        await store.WhenDurable(position).WaitAsync(Deadline);
    }

    /// <summary>Done when a position is durable.</summary>
    public static Task WhenDurable(this IInstanceStore store, long position) => DurableWaiter.WaitAsync(store.NotifyWhenDurable, position);

    public static async Task<long> StartAsync(this IInstanceStore store, string id, string payload = "start", long? replaces = null)
    {
        var (number, position) = store.TryStart(id, Noon, Bytes(payload), replaces) ?? throw new InvalidOperationException($"'{id}' exists.");
        await store.DurableAsync(position);
        return number;
    }

    public static Task AppendAsync(this IInstanceStore store, long number, string payload) => store.DurableAsync(store.Append(number, Bytes(payload)));

    public static Task FinishAsync(this IInstanceStore store, long number, string archive, DateTime? at = null) =>
        store.DurableAsync(store.Finish(number, OrchestrationRuntimeStatus.Completed, at ?? Noon.AddSeconds(1), Bytes(archive)));

    public static string? Archive(this IInstanceStore store, string id) =>
        store.Find(id) is { } entry && store.ReadArchive(entry) is { } archive && archive.Id == id ? Text(archive.Payload) : null;

    /// <summary>Instances one by one, newest first.</summary>
    public static IEnumerable<InstanceEntry> NewestFirst(
        this IInstanceStore store, string? name = null, IReadOnlyCollection<OrchestrationRuntimeStatus>? statuses = null, long? below = null) =>
        store.Scan(new InstanceScan(name, statuses) { From = below }).SelectMany(MemoryMarshal.ToEnumerable).SkipWhile(entry => entry.Number >= below);

    public static Task UntilAsync(Func<bool> condition, string what) =>
        Eventually.TrueAsync(() => Task.FromResult(condition()), () => $"Waited in vain: {what}.");
}
