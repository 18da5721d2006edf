using CallCenter.Runtime.Telemetry;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Telemetry;

/// <summary>What the journal measures.</summary>
public sealed class JournalMetricsTests
{
    [Fact]
    public async Task Metrics_Journal_TellOfFlushesAndRoom()
    {
        using var telemetry = new RuntimeTelemetry();
        using var readings = MetricsPage.Listen(telemetry);
        var disk = new TestDisk(1);
        await using var store = await StoreTesting.OpenAsync(StoreTesting.SmallSegments with { Metrics = telemetry.Journal }, disk);
        var before = MetricsPage.Read(readings);
        var position = 0L;
        for (var i = 0; i < 3; i++)
            position = store.TryStart($"case {i}", StoreTesting.Noon, StoreTesting.Bytes("start"))!.Value.Position;
        await store.DurableAsync(position);

        var page = MetricsPage.Read(readings);

        Assert.Equal(before["callcenter_journal_flush_duration_seconds_count"] + 1, page["callcenter_journal_flush_duration_seconds_count"]);
        Assert.Equal((1, 3), (page["callcenter_journal_batch_records_count"], page["callcenter_journal_batch_records_sum"]));
        var written = page["callcenter_journal_written_bytes_total"] - before["callcenter_journal_written_bytes_total"];
        Assert.True(written > 0);
        Assert.Equal(written, page["callcenter_journal_size_bytes"] - before["callcenter_journal_size_bytes"]);
        Assert.Equal((1, 0), (page["callcenter_journal_segments"], page["callcenter_journal_compacted_bytes_total"]));
    }

    [Fact]
    public async Task Metrics_Compaction_TellsWhatItGaveBack()
    {
        using var telemetry = new RuntimeTelemetry();
        using var readings = MetricsPage.Listen(telemetry);
        await using var store = await StoreTesting.OpenAsync(StoreTesting.SmallSegments with { Metrics = telemetry.Journal }, new TestDisk(1));
        for (var i = 0; i < 100; i++)
            await store.FinishAsync(await store.StartAsync($"case {i}"), "archive");
        foreach (var entry in store.NewestFirst())
            await store.DurableAsync(store.Purge(entry.Number));
        var before = MetricsPage.Read(readings);

        await store.RunUpkeepAsync(CancellationToken.None);
        var page = MetricsPage.Read(readings);

        Assert.True(before["callcenter_journal_segments"] > page["callcenter_journal_segments"]);
        Assert.True(page["callcenter_journal_compacted_bytes_total"] > 0);
    }
}
