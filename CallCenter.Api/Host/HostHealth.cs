namespace CallCenter.Api.Host;

/// <summary>How a host is. What it does not know it leaves out.</summary>
/// <param name="Status"><c>ok</c>, or a word for what is wrong with it.</param>
public sealed record HostHealth(string Status)
{
    /// <summary>Nothing is wrong.</summary>
    public static HostHealth Ok { get; } = new("ok");

    /// <summary>True while it takes new work.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>How many activities run or wait for a place.</summary>
    public int? Backlog { get; init; }

    /// <summary>How many instances wait for an external event.</summary>
    public long? Waiting { get; init; }

    /// <summary>Since when the one of them waits that has waited longest (UTC).</summary>
    public DateTime? OldestWaiting { get; init; }

    /// <summary>How many bytes are free where the data is.</summary>
    public long? FreeBytes { get; init; }
}
