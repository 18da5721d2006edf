using CallCenter.Durable.Seams;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Golden;

/// <summary>A data folder of the program that first kept traces.</summary>
public sealed class GoldenTracesTests : IDisposable
{
    private readonly GoldenFolder _folder = new("Format3");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("completed", "4bf92f3577b34da6a3ce929d0e0e4736", "84190faa537eb874", "e7d74f83463a428b", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7")]
    [InlineData("waiting", "0af7651916cd43dd8448eb211c80319c", "31bae3ba4b45b1c4", "f7a18b455f16a1a7", null)]
    public async Task Open_InstanceWithATrace_HasItStill(string id, string trace, string parent, string span, string? state)
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        var kept = program.Client.Get(id)!.Started.Trace!;

        Assert.Equal((trace, parent, span, state), (kept.TraceId.ToHexString(), kept.Parent.ToHexString(), kept.Span.ToHexString(), kept.State));
    }

    [Fact]
    public async Task Open_InstanceWithATrace_GoesOn()
    {
        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        await program.Client.RaiseEventAsync("waiting", "CaseWorked", new { resolved = true, attempt = 1 }, CancellationToken.None);
        var ended = await program.Client.EndAsync("waiting");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.NotNull(((ExecutionStarted)HistoryReader.ReadAll(program.Client.Get("waiting")!.History)[0]).Trace);
    }
}
