using System.Text.Json;
using CallCenter.Durable.Seams;
using CallCenter.Functions.Client;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Workflows.CallCenter;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Functions.Tests.Engine;

/// <summary>One engine for all tests of a class; its cases are told apart by their ids.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public ScriptedWorker Worker { get; } = new();

    public DurableEngine Engine { get; private set; } = null!;

    public DurableOrchestrationClient Client => Engine.Client;

    public async Task InitializeAsync() => Engine = await DurableEngine.StartAsync(Worker);

    public async Task DisposeAsync() => await Engine.DisposeAsync();

    public static CaseInput Input(string caseId) => new() { InputCaseId = caseId, Retry = new RetryOptions { MaxAttempts = 2, FirstDelaySeconds = 0.01, Backoff = 1 } };

    public async Task<string> StartAsync(CaseInput input) => (await Client.ScheduleAsync("CallCenterOrchestrator", input, null, default))!;

    internal async Task<Case> EndAsync(string instanceId)
    {
        var state = await Client.WaitForCompletionAsync(instanceId, Patience, default);
        Assert.True(state is { HasEnded: true }, $"The case did not end: {state?.RuntimeStatus}, {state?.CustomStatus}");
        return new Case(state!);
    }

    internal async Task<Case> RunAsync(CaseInput input) => await EndAsync(await StartAsync(input));

    /// <summary>The progress of a running case as soon as it fits.</summary>
    internal async Task<CaseProgress> UntilAsync(string instanceId, Func<CaseProgress, bool> fits)
    {
        var reached = await Client.ReachAsync(instanceId, state => state.CustomStatus is { } json && fits(CaseProgress.Read(json)));
        return CaseProgress.Read(reached.CustomStatus!);
    }

    /// <summary>A case that has ended, read.</summary>
    internal sealed record Case(OrchestrationState State)
    {
        public CaseProgress Progress { get; } = CaseProgress.Read(State.CustomStatus!);

        public SupportCase Output => JsonSerializer.Deserialize<SupportCase>(State.Output!)!;
    }
}
