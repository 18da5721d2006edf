using CallCenter.Durable.Errors;
using CallCenter.Durable.Seams;
using CallCenter.Functions.Client;
using CallCenter.Workflows.CallCenter;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>What the SDK knows of an instance, in the process's words.</summary>
public sealed class StateTests
{
    private static async Task<OrchestrationState> ReadAsync(OrchestrationMetadata instance) => (await new SdkClient().Holding(instance).Adapter.GetAsync("i", default))!;

    [Fact]
    public async Task Get_UnknownInstance_IsNull() => Assert.Null(await new SdkClient().Holding((OrchestrationMetadata?)null).Adapter.GetAsync("i", default));

    [Fact]
    public async Task Get_FirstLookFails_LooksAgain()
    {
        var looks = 0;
        var client = new SdkClient().Holding(() => ++looks == 1
            ? throw new RpcException(new Status(StatusCode.Unknown, "Exception was thrown by handler."))
            : SdkClient.Instance(SdkStatus.Running));

        var state = await new DurableOrchestrationClient(client.Mock.Object, new InstantClock()).GetAsync("i", default);

        Assert.Equal((2, "i"), (looks, state!.InstanceId));
    }

    [Fact]
    public async Task Get_EveryLookFails_Throws() =>
        await Assert.ThrowsAsync<RpcException>(() => new DurableOrchestrationClient(
            new SdkClient().Holding(() => throw new RpcException(new Status(StatusCode.Unknown, "no"))).Mock.Object, new InstantClock()).GetAsync("i", default));

    [Fact]
    public async Task Get_TimesAndTexts_AreKept()
    {
        var state = await ReadAsync(SdkClient.Instance(SdkStatus.Completed, input: """{"inputCaseID":"1"}""", output: """{"Case":"1"}""", customStatus: """{"state":"Close Case"}"""));

        Assert.Equal((new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), DateTimeKind.Utc), (state.CreatedAt, state.CreatedAt.Kind));
        Assert.Equal(("""{"inputCaseID":"1"}""", """{"Case":"1"}""", """{"state":"Close Case"}"""), (state.Input, state.Output, state.CustomStatus));
    }

    [Theory]
    [InlineData(SdkStatus.Running)]
    [InlineData(SdkStatus.Completed)]
    [InlineData(SdkStatus.Failed)]
    [InlineData(SdkStatus.Terminated)]
    [InlineData(SdkStatus.Pending)]
    [InlineData(SdkStatus.Suspended)]
    public async Task Get_Status_KeepsItsName(SdkStatus status)
    {
        var read = (await ReadAsync(SdkClient.Instance(status))).RuntimeStatus;

        Assert.Equal(status.ToString(), read.ToString());
        Assert.Equal(status, StateReader.Status(read));
    }

    [Theory]
    [InlineData("enough", "\"enough\"")]
    [InlineData("\"enough\"", "\"enough\"")]
    [InlineData("A.B: no", "\"A.B: no\"")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Get_OutputThatIsBareText_BecomesAJsonString(string? stored, string? expected) =>
        Assert.Equal(expected, (await ReadAsync(SdkClient.Instance(SdkStatus.Terminated, output: stored))).Output);

    [Fact]
    public async Task Get_InputWithAStartToken_IsShownWithoutIt()
    {
        var stored = System.Text.Json.JsonSerializer.Serialize(StartToken.AddTo(new CaseInput { InputCaseId = "ü\"😀" }, StartToken.Create()));

        Assert.Contains("$startToken", stored, StringComparison.Ordinal);
        Assert.StartsWith("""{"inputCaseID":"ü\"\uD83D\uDE00","workMode":"simulated",""", (await ReadAsync(SdkClient.Instance(SdkStatus.Running, input: stored))).Input);
    }

    [Theory]
    [InlineData("\"$startToken\"")]
    [InlineData("[\"$startToken\"]")]
    [InlineData("$startToken, and no JSON")]
    public async Task Get_InputThatOnlyLooksLikeAToken_IsKept(string stored) =>
        Assert.Equal(stored, (await ReadAsync(SdkClient.Instance(SdkStatus.Running, input: stored))).Input);

    [Theory]
    [InlineData("""{"a":"\u00C4\u003Cb\u003E \u0022\uD83D\uDE00"}""", """{"a":"Ä<b> \"\uD83D\uDE00"}""")]
    [InlineData("""{"half":"\ud83d"}""", """{"half":"\ud83d"}""")]
    [InlineData("""{"a":"no JSON \u00C4""", """{"a":"no JSON \u00C4""")]
    public async Task Get_EscapedLetters_AreLettersAsOnStandalone(string stored, string expected) =>
        Assert.Equal(expected, (await ReadAsync(SdkClient.Instance(SdkStatus.Running, customStatus: stored))).CustomStatus);

    [Fact]
    public async Task Get_Failure_IsTypeAndMessage()
    {
        var failed = new OrchestrationMetadata("CallCenterOrchestrator", "i")
        {
            RuntimeStatus = SdkStatus.Failed,
            FailureDetails = new TaskFailureDetails("A.B", "no", null, null, null),
        };

        Assert.Equal(new ErrorDetails("A.B", "no"), (await ReadAsync(failed)).Failure);
    }
}
