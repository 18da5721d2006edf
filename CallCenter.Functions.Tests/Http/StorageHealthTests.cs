using CallCenter.Durable.Seams;
using CallCenter.Functions.Client;
using CallCenter.Functions.Http;
using CallCenter.Functions.Tests.Adapters;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Functions.Tests.Http;

/// <summary>The open question whether the storage is there: however often it is asked, the storage is asked now and then.</summary>
public sealed class StorageHealthTests
{
    private readonly ManualClock _clock = new();
    private readonly StorageHealth _health;
    private int _looks;

    public StorageHealthTests() => _health = new StorageHealth(NullLogger<StorageHealth>.Instance, _clock);

    [Fact]
    public async Task Ask_ManyAtOnce_LooksOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _health.AskAsync(Client(() => { }))));

        Assert.All(answers, answer => Assert.Equal("ok", answer));
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task Ask_AfterAWhile_LooksAgain()
    {
        await _health.AskAsync(Client(() => { }));
        _clock.Pass(TimeSpan.FromSeconds(4.9));
        await _health.AskAsync(Client(() => { }));
        Assert.Equal(1, _looks);

        _clock.Pass(TimeSpan.FromSeconds(0.2));
        await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => _health.AskAsync(Client(() => throw new IOException("gone"))));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Ask_StorageFailed_IsToldForAWhileToo()
    {
        for (var time = 0; time < 3; time++)
        {
            var error = await Assert.ThrowsAsync<OrchestrationUnavailableException>(() => _health.AskAsync(Client(() => throw new IOException("gone"))));
            Assert.DoesNotContain("gone", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1, _looks);

        _clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("ok", await _health.AskAsync(Client(() => { })));
    }

    private DurableOrchestrationClient Client(Action look) => new SdkClient().Holding(() =>
    {
        Interlocked.Increment(ref _looks);
        look();
        return null;
    }).Adapter;

    /// <summary>Stands still until a test lets time pass.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _now += time.Ticks;

        public override long GetTimestamp() => _now;
    }
}
