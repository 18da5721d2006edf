using System.Collections.Concurrent;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Activities side by side, <c>Task.WhenAll</c> over the context's tasks, replay after a crash.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public async Task WhenAll_KilledAmidItsActivities_GoesOnWithThoseThatWereNotDone()
    {
        var done = new ConcurrentQueue<string>();
        var first = new EmbeddedProgram(Packing(done, stuck: "cup"), new MemoryStore());
        var id = await first.ScheduleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(first.History(id).Count(one => one.Kind == HistoryKind.TaskCompleted) == 2));

        await using var second = first.Restart(Packing(done, stuck: null));

        Assert.Equal("\"pen,cup,hat\"", (await second.Client.EndAsync(id)).Output);
        Assert.Equal(["cup", "hat", "pen"], done.Order());
    }

    private static TestProcess Packing(ConcurrentQueue<string> done, string? stuck) => new()
    {
        Orchestration = async (context, _) =>
            string.Join(',', await Task.WhenAll(new[] { "pen", "cup", "hat" }.Select(item => context.CallActivityAsync<string>("Pack", item)))),
        Activities =
        {
            ["Pack"] = async item =>
            {
                if (item == stuck)
                    await new TaskCompletionSource().Task;
                done.Enqueue(item);
                return item;
            },
        },
    };
}
