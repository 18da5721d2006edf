using System.Collections.Concurrent;
using CallCenter.Runtime;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>Activities in line: a flood of one name leaves room for the others, and a name may have a limit of its own.</summary>
public sealed class ActivityFairnessTests : IDisposable
{
    private const int Flood = 1_000;
    private static readonly string[] Slow = ["Slow", "Slower"];

    private readonly Dictionary<string, SemaphoreSlim> _ends = Slow.ToDictionary(name => name, _ => new SemaphoreSlim(0));
    private readonly ConcurrentDictionary<string, int> _begun = new();

    public void Dispose()
    {
        foreach (var end in _ends.Values)
            end.Dispose();
    }

    [Fact]
    public async Task Activity_BehindAFloodOfAnotherName_BeginsWithTheNextFreePlace()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 4 });
        await StartAsync(program, "Slow", Flood);
        await StartAsync(program, "Quick", 1);

        _ends["Slow"].Release();

        await program.Client.EndAsync("Quick-0");
        // The four that had a place, and the one that came after the other.
        await Eventually.TrueAsync(() => Task.FromResult(_begun["Slow"] == 5));
        EndAll();
    }

    [Fact]
    public async Task Activities_FloodsOfTwoNames_HoldAsManyPlacesEach()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 4 });
        await StartAsync(program, "Slow", 20);
        await StartAsync(program, "Slower", 20);

        _ends["Slow"].Release(4);
        await Eventually.TrueAsync(() => Task.FromResult(_begun["Slow"] == 6 && Begun("Slower") == 2));

        // Who is quicker is served more often, and holds no more.
        _ends["Slow"].Release(10);
        await Eventually.TrueAsync(() => Task.FromResult(_begun["Slow"] == 16));
        await Pool.DrainAsync();
        Assert.Equal(2, Begun("Slower"));
        EndAll();
    }

    [Fact]
    public async Task Activities_OfANameWithALimit_LeaveTheOtherPlacesFree()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivities = 4, MaxConcurrentActivitiesOf = new Dictionary<string, int> { ["Slow"] = 1 } });
        await StartAsync(program, "Slow", 20);
        await StartAsync(program, "Slower", 20);

        await Eventually.TrueAsync(() => Task.FromResult(Begun("Slower") == 3));
        await Pool.DrainAsync();
        Assert.Equal((1, 3), (_begun["Slow"], _begun["Slower"]));

        // A place that becomes free is not given to a name that has as many as it may.
        _ends["Slower"].Release();
        await Eventually.TrueAsync(() => Task.FromResult(_begun["Slower"] == 4));
        _ends["Slow"].Release();
        await Eventually.TrueAsync(() => Task.FromResult(_begun["Slow"] == 2));
        EndAll();
        for (var number = 0; number < 20; number++)
            await program.Client.EndAsync($"Slow-{number}");
    }

    [Fact]
    public async Task Stop_WithActivitiesBehindALimit_BeginsNoneOfThem()
    {
        await using var program = Program(new RuntimeOptions { MaxConcurrentActivitiesOf = new Dictionary<string, int> { ["Slow"] = 1 } });
        await StartAsync(program, "Slow", 3);
        await Eventually.TrueAsync(() => Task.FromResult(Begun("Slow") == 1));

        var stop = program.Runtime.StopAsync();
        await Pool.DrainAsync();
        Assert.False(stop.IsCompleted);
        EndAll();
        await stop;

        Assert.Equal(1, Begun("Slow"));
    }

    private int Begun(string name) => _begun.GetValueOrDefault(name);

    private void EndAll()
    {
        foreach (var end in _ends.Values)
            end.Release(Flood);
    }

    /// <summary>Starts so many of a name; then all of them run or are in line.</summary>
    private static async Task StartAsync(EmbeddedProgram program, string name, int count)
    {
        var pending = program.Runtime.Activities.Pending;
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => program.ScheduleAsync($"{name}-{number}", name)));
        await Eventually.TrueAsync(() => Task.FromResult(program.Runtime.Activities.Pending == pending + count));
    }

    private EmbeddedProgram Program(RuntimeOptions options)
    {
        var process = new TestProcess { Orchestration = (context, name) => context.CallActivityAsync<string>(name, name), Activities = { ["Quick"] = Task.FromResult } };
        foreach (var name in Slow)
        {
            process.Activities.Add(name, async input =>
            {
                _begun.AddOrUpdate(name, 1, (_, begun) => begun + 1);
                await _ends[name].WaitAsync();
                return input;
            });
        }
        return new EmbeddedProgram(process, new MemoryStore(), options);
    }
}
