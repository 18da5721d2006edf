using System.Text.Json;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>Starting: one winner for each id, whatever the storage answers.</summary>
public sealed class ScheduleTests
{
    private static readonly CaseInput Input = new() { InputCaseId = "001" };

    private static Task<string?> ScheduleAsync(SdkClient sdk, string? id) => sdk.Adapter.ScheduleAsync("CallCenterOrchestrator", Input, id, default);

    [Fact]
    public async Task Schedule_WithoutId_PassesTheInputAsItIs()
    {
        (object? Input, StartOrchestrationOptions? Options) seen = default;
        var sdk = new SdkClient().Starting((input, options) =>
        {
            seen = (input, options);
            return "generated";
        });

        Assert.Equal("generated", await ScheduleAsync(sdk, null));
        Assert.Same(Input, seen.Input);
        Assert.Matches("^[0-9a-f]{32}$", seen.Options!.InstanceId);
        Assert.Empty(seen.Options.DedupeStatuses ?? []);
    }

    [Fact]
    public async Task Schedule_WithId_NamesEveryStatusSoThatNothingIsOverwritten()
    {
        StartOrchestrationOptions? seen = null;
        var sdk = new SdkClient().Holding((OrchestrationMetadata?)null).Starting((_, options) =>
        {
            seen = options;
            return "i";
        });

        Assert.Equal("i", await ScheduleAsync(sdk, "i"));
        Assert.Equal("i", seen!.InstanceId);
        Assert.Equal(["Completed", "Failed", "Pending", "Running", "Suspended", "Terminated"], seen.DedupeStatuses!.Order());
    }

    [Fact]
    public async Task Schedule_EightAtOnceOnAStorageThatTakesAll_HasOneWinner()
    {
        var gate = new Lock();
        OrchestrationMetadata? stored = null;
        var sdk = new SdkClient().Starting((input, _) =>
        {
            lock (gate)
                stored ??= SdkClient.Instance(SdkStatus.Running, input: JsonSerializer.Serialize(input));
            return "i";
        });
        sdk.Holding(() => stored);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ScheduleAsync(sdk, "i")));

        Assert.Equal("i", Assert.Single(answers, answer => answer is not null));
    }

    public static TheoryData<Exception> Refusals => [new OrchestrationAlreadyExistsException("it is there"), Rpc(StatusCode.AlreadyExists), Rpc(StatusCode.Unknown)];

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Schedule_IdThatExists_IsNull(Exception refusal)
    {
        var sdk = new SdkClient().Starting((_, _) => throw refusal).Holding(SdkStatus.Completed);

        Assert.Null(await ScheduleAsync(sdk, "i"));
    }

    [Fact]
    public async Task Schedule_AnswerLostAfterTheStart_IsStillOurs()
    {
        OrchestrationMetadata? stored = null;
        var sdk = new SdkClient().Starting((input, _) =>
        {
            stored = SdkClient.Instance(SdkStatus.Pending, input: JsonSerializer.Serialize(input));
            throw Rpc(StatusCode.Unavailable);
        });
        sdk.Holding(() => stored);

        Assert.Equal("i", await ScheduleAsync(sdk, "i"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("i")]
    public async Task Schedule_HostUnavailable_AsksToTryAgain(string? id)
    {
        var sdk = new SdkClient().Starting((_, _) => throw Rpc(StatusCode.Unavailable)).Holding((OrchestrationMetadata?)null);

        var error = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => ScheduleAsync(sdk, id));
        Assert.True(error.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task Schedule_FaultOfTheRuntime_StaysWhatItIs()
    {
        var sdk = new SdkClient().Starting((_, _) => throw new InvalidOperationException("no such orchestrator"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => ScheduleAsync(sdk, null));
    }

    private static RpcException Rpc(StatusCode code) => new(new Status(code, "said the host"));
}
