using System.Text.Json;
using CallCenter.Durable.Seams;

namespace CallCenter.Api.Instances;

/// <summary>What a host's lists can do. What they cannot is refused, and the console does not offer it.</summary>
public sealed record ListCapabilities
{
    /// <summary>Everything.</summary>
    public static ListCapabilities All { get; } = new() { Orders = Enum.GetValues<OrchestrationOrder>(), Search = true, Total = true };

    /// <summary>
    /// What can be done by reading the instances page by page, in the storage's own order: search and waiting are filters over
    /// some pages at a time, and nothing is counted.
    /// </summary>
    public static ListCapabilities PageByPage { get; } = new() { Orders = [OrchestrationOrder.Newest], Search = true };

    /// <summary>The orders (<c>order=</c>).</summary>
    public required IReadOnlyList<OrchestrationOrder> Orders { get; init; }

    /// <summary>Whether instances are found by a part of their id or key (<c>search=</c>, and the key's own name).</summary>
    public bool Search { get; init; }

    /// <summary>Whether the answer says how many fit (<c>total</c>), and how many wait (<c>waiting</c>, <c>overdue</c>).</summary>
    public bool Total { get; init; }

    /// <summary>Whether there are figures beside the list.</summary>
    public bool Figures { get; init; }

    /// <summary>An order as it is written in a query.</summary>
    internal static string NameOf(OrchestrationOrder order) => order.ToString().ToLowerInvariant();

    internal void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("orders");
        foreach (var order in Orders)
            writer.WriteStringValue(NameOf(order));
        writer.WriteEndArray();
        writer.WriteBoolean("search", Search);
        writer.WriteBoolean("total", Total);
        writer.WriteBoolean("figures", Figures);
        writer.WriteEndObject();
    }
}
