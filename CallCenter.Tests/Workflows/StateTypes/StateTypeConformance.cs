using System.Text.Json;
using CallCenter.Durable;
using CallCenter.Durable.Seams;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Workflows.StateTypes;

/// <summary>What docs/from-step-functions.md shows does what it says. Written once; each durable runtime inherits it.</summary>
public abstract class StateTypeConformance
{
    /// <summary>Starts the runtime under test with a workflow.</summary>
    protected abstract Task<IConformanceRuntime> StartAsync(IWorkflow workflow);

    [Fact]
    public async Task Task_Run_GivesTheActivitysResult() => Completed("\"Hello Ada\"", await RunAsync(new TaskExample(), new Guest("Ada")));

    [Fact]
    public async Task ResultPath_Run_AddsTheResultToTheInput() =>
        Completed("""{"Id":"p","Weight":3,"Price":6}""", await RunAsync(new ResultPathExample(), new Parcel("p", 3)));

    [Fact]
    public async Task Context_Run_TellsTheInstance()
    {
        var ended = await RunAsync(new ContextExample(), new Guest("Ada"));

        Completed($"\"{ended.InstanceId} {ended.CreatedAt:yyyy} 1\"", ended);
    }

    [Theory]
    [InlineData(19, "post")]
    [InlineData(20, "freight")]
    public async Task Choice_Run_TakesTheWayThatFits(int weight, string by) =>
        Completed($$"""{"Id":"p","By":"{{by}}"}""", await RunAsync(new ChoiceExample(), new Parcel("p", weight)));

    [Fact]
    public async Task Succeed_Run_EndsWithItsInput() => Completed("""{"Id":"p","Weight":99}""", await RunAsync(new EndExample(), new Parcel("p", 99)));

    [Fact]
    public async Task Fail_Run_FailsWithTheError()
    {
        var ended = await RunAsync(new EndExample(), new Parcel("p", 100));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        var status = JsonDocument.Parse(ended.CustomStatus!).RootElement;
        Assert.Equal("""{"type":"ParcelTooHeavy","message":"Nobody carries that."}""", status.GetProperty("error").GetRawText());
    }

    [Fact]
    public async Task Pass_Run_GivesWhatTheCodeMakes() => Completed("""{"Id":"p","Weight":3,"Price":5}""", await RunAsync(new PassExample(), new Parcel("p", 3)));

    [Fact]
    public async Task Wait_Run_GoesOnWhenTheTimeHasCome()
    {
        var until = DateTime.UtcNow.AddSeconds(2);
        var ended = await RunAsync(new WaitExample(), new Pickup("p", until));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.True(Step(ended, 1).GetProperty("endedAt").GetDateTime() >= until.AddMilliseconds(-1));
        Assert.Equal(["Cool down", "Until pickup"], StatesOf(ended));
    }

    [Fact]
    public async Task Wait_UntilATimeThatHasPassed_GoesOnAtOnce()
    {
        var ended = await RunAsync(new WaitExample(), new Pickup("p", DateTime.UtcNow.AddDays(-1)));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task Parallel_Run_GivesTheResultsInTheOrderOfTheBranches()
    {
        var ended = await RunAsync(new ParallelExample(), new Parcel("p", 3));

        Completed("""["address known","credit good"]""", ended);
        Assert.Equal(["Check"], StatesOf(ended));
    }

    [Fact]
    public async Task Map_Run_GivesTheResultsInTheOrderOfTheItems() =>
        Completed("""["pen packed","cup packed","hat packed"]""", await RunAsync(new MapExample(), new Basket(["pen", "cup", "hat"])));

    [Fact]
    public async Task Map_OverNoItems_GivesNone() => Completed("[]", await RunAsync(new MapExample(), new Basket([])));

    [Fact]
    public async Task Retry_FailsTwice_IsTriedAThirdTime() => Completed("""{"Id":"p","By":"post"}""", await RunAsync(new RetryExample(2), new Parcel("p", 3)));

    [Fact]
    public async Task Catch_ErrorOfItsName_GoesOnAtTheHandler() =>
        Completed("""{"Id":"p","By":"courier"}""", await RunAsync(new CatchExample(new IOException("closed")), new Parcel("p", 3)));

    [Fact]
    public async Task Catch_ErrorOfAnotherName_Fails()
    {
        var ended = await RunAsync(new CatchExample(new InvalidOperationException("lost")), new Parcel("p", 3));

        Assert.Equal("Post: System.InvalidOperationException: lost", ended.Failure?.Message);
    }

    [Theory]
    [InlineData(true, "approved")]
    [InlineData(false, "refused")]
    public async Task Callback_Answered_GoesOnWithTheAnswer(bool approved, string output)
    {
        await using var runtime = await StartAsync(new CallbackExample(TimeSpan.FromHours(1)));
        var id = await runtime.Client.ScheduleAsync(nameof(CallbackExample), new Parcel("p", 3), null, default);
        await runtime.Client.ReachAsync(id, state => state.CustomStatus?.Contains("\"waitingFor\":\"Approve\"", StringComparison.Ordinal) == true);

        await runtime.Client.RaiseEventAsync(id!, "Approve", new Approval(approved), default);

        Completed($"\"{output}\"", await runtime.Client.EndAsync(id));
    }

    [Fact]
    public async Task Callback_NoneInTime_TimesOut() =>
        Completed("\"timed out\"", await RunAsync(new CallbackExample(TimeSpan.FromMilliseconds(50)), new Parcel("p", 3)));

    [Fact]
    public async Task Loop_UnresolvedFailedResolved_WorksUntilItIsResolved()
    {
        var ended = await RunAsync(new LoopExample(0, null, 1), new Job("j", 0, ""));

        Completed("""{"Id":"j","Status":1,"Message":"weewc"}""", ended);
        Assert.Equal(["Work", "Escalate", "Work", "Escalate", "Work", "Close"], StatesOf(ended));
    }

    private async Task<OrchestrationState> RunAsync(IWorkflow workflow, object input)
    {
        await using var runtime = await StartAsync(workflow);
        return await runtime.Client.EndAsync(await runtime.Client.ScheduleAsync(workflow.Name, input, null, default));
    }

    private static void Completed(string output, OrchestrationState ended)
    {
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{ended.RuntimeStatus}: {ended.Failure}");
        Assert.Equal(output, ended.Output);
    }

    private static JsonElement Steps(OrchestrationState ended) => JsonDocument.Parse(ended.CustomStatus!).RootElement.GetProperty("steps");

    private static JsonElement Step(OrchestrationState ended, int index) => Steps(ended)[index];

    private static IEnumerable<string?> StatesOf(OrchestrationState ended) => Steps(ended).EnumerateArray().Select(step => step.GetProperty("state").GetString());
}
