using CallCenter.Durable.Settings;
using CallCenter.Functions.Retention;
using CallCenter.Functions.Tests.Build;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace CallCenter.Functions.Tests.Retention;

/// <summary>Which instances the timer function removes, and when it stops.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    private readonly Mock<DurableTaskClient> _sdk = new(MockBehavior.Strict, "test");
    private readonly SettableClock _clock = new() { Now = Now };
    private readonly List<OrchestrationQuery?> _asked = [];
    private readonly List<string> _purged = [];

    private static OrchestrationMetadata Ended(string id, TimeSpan ago, string name = "CallCenterOrchestrator") => new(name, id)
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Completed,
        CreatedAt = Now.AddDays(-90),
        LastUpdatedAt = Now - ago,
    };

    private async Task RunAsync(string? retention, params OrchestrationMetadata[][] pages)
    {
        _sdk.Setup(client => client.GetAllInstancesAsync(It.IsAny<OrchestrationQuery>())).Returns((OrchestrationQuery query) =>
        {
            _asked.Add(query);
            return Pageable.Create((token, _, _) =>
            {
                var number = int.Parse(token ?? "0", null);
                return Task.FromResult(new Page<OrchestrationMetadata>(pages[number], number + 1 < pages.Length ? $"{number + 1}" : null));
            });
        });
        await using var services = App.Services(("CallCenter:Retention", retention ?? ""));
        var functions = ActivatorUtilities.CreateInstance<RetentionFunctions>(services, (TimeProvider)_clock);
        await functions.PurgeAsync(new TimerInfo(), _sdk.Object, default);
    }

    private void Purging(Func<string, PurgeResult> purge) =>
        _sdk.Setup(client => client.PurgeInstanceAsync(It.IsAny<string>(), (PurgeInstanceOptions?)null, It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, PurgeInstanceOptions? _, CancellationToken _) =>
            {
                lock (_purged)
                    _purged.Add(id);
                return purge(id);
            });

    [Fact]
    public async Task Purge_WithoutTheSetting_DoesNotLook()
    {
        await RunAsync(null);

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Purge_OldInstances_GoOnEveryPage()
    {
        Purging(_ => new PurgeResult(1));

        await RunAsync("30.00:00:00", [Ended("a", TimeSpan.FromDays(31))], [], [Ended("b", TimeSpan.FromDays(60))]);

        Assert.Equal(["a", "b"], _purged);
        var query = Assert.Single(_asked)!;
        Assert.Equal(Now.AddDays(-30), query.CreatedTo);
        Assert.Equal(
            [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
            query.Statuses!);
    }

    [Fact]
    public async Task Purge_CreatedLongAgoButEndedNow_Stays()
    {
        await RunAsync("30.00:00:00", [Ended("a", TimeSpan.FromDays(29))]);

        Assert.Empty(_purged);
    }

    [Fact]
    public async Task Purge_InstancesOfOthersInTheHub_Stay()
    {
        Purging(_ => new PurgeResult(1));

        await RunAsync("1.00:00:00", [Ended("a", TwoDays, "Other"), Ended("b", TwoDays, "SupportTicketOrchestrator")]);

        Assert.Equal(["b"], _purged);
    }

    [Fact]
    public async Task Purge_OneThatRunsAgain_GoesOnWithTheOthers()
    {
        Purging(id => id == "a" ? throw new InvalidOperationException("It runs.") : new PurgeResult(1));

        await RunAsync("1.00:00:00", [Ended("a", TwoDays)], [Ended("b", TwoDays)]);

        Assert.Equal(["a", "b"], _purged);
    }

    [Fact]
    public async Task Purge_PastItsTime_StopsBeforeTheNextInstance()
    {
        Purging(_ =>
        {
            _clock.Now += RetentionFunctions.LongestRun;
            return new PurgeResult(1);
        });

        await RunAsync("1.00:00:00", [Ended("a", TwoDays)], [Ended("b", TwoDays)], [Ended("c", TwoDays)]);

        Assert.Equal(["a"], _purged);
    }

    [Theory]
    [InlineData("48:00:00")]
    [InlineData("-1")]
    [InlineData("a month")]
    public void Setting_ThatIsNoTimeSpan_StopsTheStart(string retention) => Assert.Contains("CallCenter:Retention is",
        Assert.Throws<InvalidSettingException>(() => App.Services(("CallCenter:Retention", retention))).Message, StringComparison.Ordinal);

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
