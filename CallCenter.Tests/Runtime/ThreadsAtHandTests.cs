using CallCenter.Runtime.Execution;

namespace CallCenter.Tests.Runtime;

/// <summary>When the thread pool keeps more threads at hand, and when fewer.</summary>
public sealed class ThreadsAtHandTests
{
    private readonly ThreadsAtHand _threads = new(fewest: 2, most: 70);

    [Fact]
    public void Look_LateAgainAndAgain_DoublesUpToTheMost()
    {
        Assert.Equal([4, 8, 16, 32, 64, 70, 70], Enumerable.Range(0, 7).Select(_ => After(inTime: false)));
        Assert.False(_threads.Look(inTime: false));
    }

    [Fact]
    public void Look_InTimeForAWhile_HalvesDownToTheFewest()
    {
        After(inTime: false, 3);

        Assert.Equal(16, After(inTime: true, ThreadsAtHand.FirstPatience - 1));
        Assert.True(_threads.Look(inTime: true));
        Assert.Equal(8, _threads.Count);
        Assert.Equal(4, After(inTime: true, ThreadsAtHand.FirstPatience));
        Assert.Equal(2, After(inTime: true, ThreadsAtHand.FirstPatience));
        Assert.Equal(2, After(inTime: true, 10 * ThreadsAtHand.FirstPatience));
    }

    [Fact]
    public void Look_LateAfterHalving_WaitsTwiceAsLongForTheNext()
    {
        After(inTime: false, 2);
        Assert.Equal(4, After(inTime: true, ThreadsAtHand.FirstPatience));
        Assert.Equal(8, After(inTime: false));

        Assert.Equal(8, After(inTime: true, 2 * ThreadsAtHand.FirstPatience - 1));
        Assert.Equal(4, After(inTime: true));
    }

    [Fact]
    public void Look_MoreThanTheMostAtTheBeginning_LeavesThem()
    {
        var many = new ThreadsAtHand(fewest: 100, most: 70);

        Assert.False(many.Look(inTime: false));
        Assert.Equal(100, many.Count);
    }

    private int After(bool inTime, int looks = 1)
    {
        for (var look = 0; look < looks; look++)
            _threads.Look(inTime);
        return _threads.Count;
    }
}
