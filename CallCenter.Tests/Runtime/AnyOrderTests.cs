using CallCenter.Durable.Seams;
using CallCenter.Runtime;
using CallCenter.Runtime.History;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Runtime;

/// <summary>
/// Events, suspensions, flushes that take their time and crashes, in any order: whatever comes between, an instance with steps side
/// by side comes to the same end, and each of its steps is recorded once.
/// </summary>
public sealed class AnyOrderTests
{
    private const int Rounds = 3;
    private const int Seeds = 150;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly TestProcess Process = new()
    {
        Orchestration = async (context, _) =>
        {
            var text = "";
            for (var round = 0; round < Rounds; round++)
            {
                var work = context.CallActivityAsync<string>("Echo", $"{round}a ");
                var pause = context.CreateTimerAsync(TimeSpan.FromMilliseconds(1));
                var go = context.WaitForExternalEventAsync<string>($"Go{round}", TimeSpan.FromHours(1));
                var more = context.CallActivityAsync<string>("Echo", $"{round}b ");
                await pause;
                text += await go + await work + await more;
            }
            return text;
        },
        Activities =
        {
            ["Echo"] = async input =>
            {
                await Task.Yield();
                return input;
            },
        },
    };

    [Fact]
    public async Task Instance_WhateverHappensInWhichOrder_EndsTheSame()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                await RunAsync(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"With seed {seed}: {failure.Message}", failure);
            }
        }
    }

    private static async Task RunAsync(Random random)
    {
        // Restarts in quick succession are no fault of the activities here.
        var program = new EmbeddedProgram(Process, new MemoryStore(), new RuntimeOptions { MaxRecoveries = 1000 });
        await program.ScheduleAsync();
        var events = Enumerable.Range(0, Rounds).ToList();
        for (var step = random.Next(60); step > 0; step--)
        {
            switch (random.Next(6))
            {
                case 0 when events.Count > 0:
                    var name = events[random.Next(events.Count)];
                    await RaiseAsync(program, name);
                    events.Remove(name);
                    break;
                case 1:
                    await program.Client.SuspendAsync("one", null, None);
                    break;
                case 2:
                    await program.Client.ResumeAsync("one", null, None);
                    break;
                case 3:
                    program = program.Restart();
                    break;
                case 4:
                    // A crash with the disk behind: what was asked for meanwhile is not answered, and is lost.
                    program.Store.Hold();
                    _ = random.Next(3) switch
                    {
                        0 => program.Client.SuspendAsync("one", "lost", None),
                        1 => program.Client.ResumeAsync("one", "lost", None),
                        _ => program.Client.RaiseEventAsync("one", "Go0", "lost ", None),
                    };
                    await Task.Yield();
                    program = program.Restart();
                    break;
                default:
                    for (var turns = random.Next(20); turns > 0; turns--)
                        await Task.Yield();
                    break;
            }
        }

        foreach (var name in events)
            await RaiseAsync(program, name);
        await program.Client.ResumeAsync("one", null, None);
        var end = await program.Client.EndAsync("one");

        Assert.Equal("\"Go0 0a 0b Go1 1a 1b Go2 2a 2b \"", end.Output);
        var steps = program.History().OfType<StepEvent>().Select(item => item.Sequence).Order();
        Assert.Equal(Enumerable.Range(0, 4 * Rounds).Where(sequence => sequence % 4 != 2), steps);
    }

    private static async Task RaiseAsync(EmbeddedProgram program, int name) =>
        Assert.Equal(OrchestrationAnswer.Accepted, await program.Client.RaiseEventAsync("one", $"Go{name}", $"Go{name} ", None));
}
