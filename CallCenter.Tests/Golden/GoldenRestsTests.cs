using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Golden;

/// <summary>A data folder of the program that first let instances rest.</summary>
public sealed class GoldenRestsTests : IDisposable
{
    private readonly GoldenFolder _folder = new("Format4");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_InstancesThatRest_KnowsThemWithoutReadingThem(bool canBeScanned)
    {
        if (!canBeScanned)
            _folder.DamageSealedSegments();

        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        Assert.Equal((5, 5), (program.Runtime.Recovered, program.Runtime.Resting.Count));
        var page = await program.Client.QueryAsync(new OrchestrationQuery { Top = 1 }, CancellationToken.None);
        Assert.Equal(
            (4L, 1L, new WaitingCounts(5, 0)),
            (page.Counts![OrchestrationRuntimeStatus.Running], page.Counts[OrchestrationRuntimeStatus.Suspended], page.Waiting));
        var inbox = await program.Client.QueryAsync(new OrchestrationQuery { Waiting = true, Order = OrchestrationOrder.Deadline }, CancellationToken.None);
        Assert.Equal(
            ["rests-in-the-last", "rests-in-a-sealed-segment", "suspended", "awake-again", "rests-across-compaction"],
            inbox.Instances.Select(state => state.InstanceId));
    }

    [Theory]
    [InlineData("rests-in-the-last")]
    [InlineData("rests-in-a-sealed-segment")]
    [InlineData("rests-across-compaction")]
    [InlineData("awake-again")]
    [InlineData("suspended")]
    public async Task Open_InstanceThatRests_GoesOn(string id)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        await program.Client.RaiseEventAsync(id, "CaseWorked", new { resolved = true, attempt = 1 }, CancellationToken.None);
        await program.Client.ResumeAsync(id, null, CancellationToken.None);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await program.Client.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Open_InstanceThatRests_IsDueWhenItWas()
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        program.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Contains("Engage Tier 2 Support.", (await program.Client.EndAsync("rests-in-the-last")).Output, StringComparison.Ordinal);
        Assert.Equal(4, program.Runtime.Resting.Count);
    }
}
