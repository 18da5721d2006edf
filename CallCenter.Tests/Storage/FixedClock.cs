namespace CallCenter.Tests.Storage;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class FixedClock : TimeProvider
{
    public DateTime Now { get; set; }

    public override DateTimeOffset GetUtcNow() => new(Now);
}
