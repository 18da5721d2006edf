using CallCenter.Durable.Seams;
using CallCenter.Functions.Client;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;
using OrchestrationQuery = CallCenter.Durable.Seams.OrchestrationQuery;
using SdkQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>Listing: names, tokens, filters.</summary>
public sealed class QueryTests
{
    private const string StorageToken = "cGdBLTAwNw== ";

    private readonly Mock<DurableTaskClient> _sdk = new(MockBehavior.Strict, "test");
    private readonly List<(SdkQuery? Filter, string? Token, int? Size)> _asked = [];

    private DurableOrchestrationClient Adapter(Func<Page<OrchestrationMetadata>> page)
    {
        _sdk.Setup(client => client.GetAllInstancesAsync(It.IsAny<SdkQuery>())).Returns((SdkQuery filter) =>
            Pageable.Create((token, size, _) =>
            {
                _asked.Add((filter, token, size));
                return Task.FromResult(page());
            }));
        return new DurableOrchestrationClient(_sdk.Object);
    }

    [Fact]
    public async Task Query_OtherOrchestrationsOnThePage_AreLeftOut()
    {
        var client = Adapter(() => new([SdkClient.Instance(SdkStatus.Running, "a"), SdkClient.Instance(SdkStatus.Running, "b", name: "Other")], StorageToken));

        var page = await client.QueryAsync(new OrchestrationQuery { Name = "CallCenterOrchestrator" }, default);

        Assert.Equal("a", Assert.Single(page.Instances).InstanceId);
        Assert.NotNull(page.ContinuationToken);
    }

    [Fact]
    public async Task Query_Filters_AreTheStorages()
    {
        var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var client = Adapter(() => new([], null));

        await client.QueryAsync(new OrchestrationQuery
        {
            Statuses = [Durable.Seams.OrchestrationRuntimeStatus.Failed, Durable.Seams.OrchestrationRuntimeStatus.Suspended],
            InstanceIdPrefix = "p",
            CreatedFrom = from,
            CreatedTo = from.AddDays(1),
            Top = 7,
        }, default);

        var (filter, token, size) = Assert.Single(_asked);
        Assert.Equal([SdkStatus.Failed, SdkStatus.Suspended], filter!.Statuses!);
        Assert.Equal(("p", from, from.AddDays(1), true), (filter.InstanceIdPrefix, filter.CreatedFrom!.Value.UtcDateTime, filter.CreatedTo!.Value.UtcDateTime, filter.FetchInputsAndOutputs));
        Assert.Equal((null, 7), (token, size));
    }

    [Fact]
    public async Task Query_Look_ReadsOnWhileThePageHasRoomForAnother()
    {
        var client = Adapter(() => new([SdkClient.Instance(SdkStatus.Running, $"a{_asked.Count}"), SdkClient.Instance(SdkStatus.Running, $"b{_asked.Count}")], StorageToken));

        var page = await client.QueryAsync(new OrchestrationQuery { Top = 4, Fits = state => state.InstanceId[0] == 'a' }, default);

        // Two at a time: with three found, two more might be one too many.
        Assert.Equal(["a1", "a2", "a3"], page.Instances.Select(state => state.InstanceId));
        Assert.NotNull(page.ContinuationToken);
        Assert.Equal([2, 2, 2], _asked.Select(asked => asked.Size));
        Assert.Equal((null, null), (page.Total, page.Waiting));
    }

    [Fact]
    public async Task Query_LookThatNothingFits_EndsAfterSomePages()
    {
        var client = Adapter(() => new([SdkClient.Instance(SdkStatus.Running, "a")], StorageToken));

        var page = await client.QueryAsync(new OrchestrationQuery { Top = 100, Fits = _ => false }, default);

        Assert.Empty(page.Instances);
        Assert.NotNull(page.ContinuationToken);
        Assert.Equal(10, _asked.Count);
    }

    [Fact]
    public async Task Query_LookOnTheLastPage_HasNoToken()
    {
        var client = Adapter(() => new([SdkClient.Instance(SdkStatus.Running, "a")], null));

        var page = await client.QueryAsync(new OrchestrationQuery { Fits = _ => true }, default);

        Assert.Equal("a", Assert.Single(page.Instances).InstanceId);
        Assert.Null(page.ContinuationToken);
    }

    [Fact]
    public async Task Query_Waiting_AsksForWhatHasNotEnded()
    {
        var client = Adapter(() => new([], null));

        await client.QueryAsync(new OrchestrationQuery { Waiting = true, Fits = _ => true }, default);

        Assert.Equal([SdkStatus.Pending, SdkStatus.Running, SdkStatus.Suspended], Assert.Single(_asked).Filter!.Statuses!);
    }

    [Fact]
    public async Task Query_TokenOfThePageBefore_ReachesTheStorageUnchanged()
    {
        var client = Adapter(() => new([], _asked.Count == 1 ? StorageToken : null));

        var first = await client.QueryAsync(new OrchestrationQuery(), default);
        Assert.Equal(Uri.EscapeDataString(first.ContinuationToken!), first.ContinuationToken);
        var second = await client.QueryAsync(new OrchestrationQuery { ContinuationToken = first.ContinuationToken }, default);

        Assert.Equal(StorageToken, _asked[1].Token);
        Assert.Null(second.ContinuationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a token")]
    [InlineData("cGdBLTAwNw==")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public async Task Query_TokenOfSomebodyElse_IsRefused(string token)
    {
        var client = Adapter(() => new([], null));

        await Assert.ThrowsAsync<InvalidContinuationTokenException>(() => client.QueryAsync(new OrchestrationQuery { ContinuationToken = token }, default));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Query_TokenThatTheStorageRefuses_IsRefused()
    {
        var client = Adapter(() => throw new RpcException(new Status(StatusCode.Unknown, "Exception was thrown by handler.")));

        await Assert.ThrowsAsync<InvalidContinuationTokenException>(() => client.QueryAsync(new OrchestrationQuery { ContinuationToken = PageToken.Wrap("1") }, default));
        await Assert.ThrowsAsync<RpcException>(() => client.QueryAsync(new OrchestrationQuery(), default));
    }
}
