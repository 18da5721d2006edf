using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Storage;

/// <summary>An instance as it should be: its payloads while it runs, its archive when it has ended.</summary>
internal sealed record ModelInstance(long Number, string Id)
{
    public string Name => Encoding.UTF8.GetString(StoreTesting.NameOf(Payloads[0]));

    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Running;

    public DateTime LastUpdatedAt { get; init; }

    public IReadOnlyList<byte[]> Payloads { get; init; } = [];

    public bool IsSameAs(ModelInstance? other) =>
        other is not null && (Number, Id, Status, LastUpdatedAt) == (other.Number, other.Id, other.Status, other.LastUpdatedAt)
        && Payloads.Count == other.Payloads.Count
        && Payloads.Zip(other.Payloads).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
