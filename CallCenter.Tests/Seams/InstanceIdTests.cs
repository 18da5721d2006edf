using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Seams;

public sealed class InstanceIdTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 20, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1)]
    [InlineData(TimeSpan.TicksPerMillisecond)]
    [InlineData(TimeSpan.TicksPerDay)]
    [InlineData(7000 * 365 * TimeSpan.TicksPerDay)]
    public void Create_Later_SortsBefore(long ticks) =>
        Assert.True(string.CompareOrdinal(InstanceId.Create(Now.AddTicks(ticks)), InstanceId.Create(Now)) < 0);

    [Fact]
    public void Create_AnyTime_Is32LowerCaseHexadecimalDigits()
    {
        foreach (var time in new[] { DateTime.MinValue, DateTime.UnixEpoch, Now, DateTime.MaxValue })
            Assert.Matches("^[0-9a-f]{32}$", InstanceId.Create(time));
    }

    [Fact]
    public void Create_AtOneTime_IsNeverTheSame() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => InstanceId.Create(Now)).Distinct().Count());
}
