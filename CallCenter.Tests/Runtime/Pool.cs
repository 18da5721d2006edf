namespace CallCenter.Tests.Runtime;

/// <summary>For a test which claims that something does not happen.</summary>
internal static class Pool
{
    /// <summary>Gives everything that the thread pool has been handed the occasion to run, several times over.</summary>
    public static async Task DrainAsync()
    {
        for (var round = 0; round < 10; round++)
            await Task.WhenAll(Enumerable.Range(0, 2 * ThreadPool.ThreadCount).Select(_ => Task.Run(static () => Thread.Yield())));
    }
}
