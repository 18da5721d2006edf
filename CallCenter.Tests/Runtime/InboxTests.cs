using CallCenter.Durable.Seams;
using CallCenter.Runtime.Execution;

namespace CallCenter.Tests.Runtime;

/// <summary>How an instance takes its news.</summary>
public sealed class InboxTests
{
    private readonly Owner _owner = new();
    private readonly Inbox _inbox;

    public InboxTests() => _inbox = new Inbox(_owner);

    [Fact]
    public void TryHandle_NewsThatBringNews_HandlesAllInOneTurn()
    {
        var handled = _inbox.TryHandle(() =>
        {
            _inbox.Turn.Position = 1;
            Assert.False(_inbox.TryHandle(() => _inbox.Turn.Position++));
            Assert.Equal(1, _inbox.Turn.Position);
        });

        Assert.True(handled);
        Assert.Equal([2], _owner.Ended);
    }

    [Fact]
    public void TryHandle_NewsWithoutATurn_EndsNone()
    {
        Assert.True(_inbox.TryHandle(() => { }));

        Assert.Empty(_owner.Ended);
    }

    [Fact]
    public async Task TryHandle_FromManyThreads_HandlesOneAtATimeAndLosesNone()
    {
        var (inside, most, done) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
                _inbox.TryHandle(News);
        })));

        Assert.Equal((1, 8000), (most, done));

        void News()
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            done++;
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public async Task TryHandle_NewsThatThrow_RefusesTheTurnsCallersAndGoesOn()
    {
        var caller = new TaskCompletionSource<OrchestrationAnswer>();
        _inbox.TryHandle(() =>
        {
            _inbox.Turn.Answers.Add((caller, OrchestrationAnswer.Accepted));
            throw new IOException("the disk is gone");
        });

        Assert.True(_inbox.TryHandle(() => _inbox.Turn.Position = 7));

        Assert.Same(_owner.Refusal, await Assert.ThrowsAsync<TimeoutException>(() => caller.Task));
        Assert.Equal("the disk is gone", Assert.Single(_owner.Failures).Message);
        Assert.Equal([7], _owner.Ended);
    }

    private sealed class Owner : ITurnOwner
    {
        public List<long> Ended { get; } = [];

        public List<Exception> Failures { get; } = [];

        public TimeoutException Refusal { get; } = new();

        public void EndTurn(Turn turn) => Ended.Add(turn.Position);

        public Exception StandStill(Exception failure)
        {
            Failures.Add(failure);
            return Refusal;
        }
    }
}
