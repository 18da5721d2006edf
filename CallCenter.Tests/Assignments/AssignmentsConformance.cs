using CallCenter.Tests.Storage;
using CallCenter.Workflows.Employees;

namespace CallCenter.Tests.Assignments;

/// <summary>What every table of assignments must do. Each test has a table of its own; <see cref="Open"/> opens it once more, as another program would.</summary>
public abstract class AssignmentsConformance
{
    private static readonly IReadOnlyList<Employee> Five = [.. "ABCDE".Select(letter => new Employee($"{letter}", $"Employee {letter}", $"{letter}@example.com"))];

    private readonly FixedClock _clock = new() { Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc) };

    /// <summary>Opens the table of this test, which is not there before the first time.</summary>
    protected abstract IAssignments Open(IReadOnlyList<Employee> employees, TimeProvider clock);

    [Fact]
    public virtual async Task Assign_SameKey_SameEmployee()
    {
        await using var table = Table(Five);

        var first = await table.AssignAsync("key");
        await table.AssignAsync("another");

        Assert.Equal(Five[0], first);
        Assert.Equal(first, await table.AssignAsync("key"));
    }

    [Fact]
    public virtual async Task Assign_EveryoneEqual_TiesGoByIdInCodePointOrder()
    {
        await using var table = Table([.. new[] { "b", "a", "B", "é", "10", "9" }.Select(id => new Employee(id, id, "kim@example.com"))]);

        var ids = new List<string>();
        for (var turn = 0; turn < 6; turn++)
            ids.Add((await table.AssignAsync($"{turn}")).Id);

        Assert.Equal(["10", "9", "B", "a", "b", "é"], ids);
    }

    [Fact]
    public virtual async Task Assign_ManyTwiceAtATime_OneAnswerEachAndEvenShares()
    {
        await using var table = Table(Five);
        await using var program = Table(Five);
        var answers = new List<(string Key, string Id)>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
            {
                var key = $"{number / 2}";
                var employee = await (number % 3 == 0 ? program : table).AssignAsync(key);
                lock (answers)
                    answers.Add((key, employee.Id));
            });

        var answered = answers.Distinct().ToList();
        Assert.Equal(500, answered.Count);
        Assert.Equal(Five.Select(employee => (employee.Id, 100)), answered.CountBy(answer => answer.Id).Select(count => (count.Key, count.Value)).Order());
    }

    [Fact]
    public virtual async Task Assign_ManyProgramsBeginAtOnce_OneTable()
    {
        var programs = Enumerable.Range(0, 8).Select(_ => Table(Five)).ToList();

        var employees = await Task.WhenAll(programs.Select((program, number) => Task.Run(() => program.AssignAsync($"{number % 4}"))));

        Assert.Equal(["A", "B", "C", "D"], employees.Select(employee => employee.Id).Distinct().Order());
        foreach (var program in programs)
            await program.DisposeAsync();
    }

    [Fact]
    public virtual async Task Assign_EmployeeRemoved_KeepsTheOldAndGetsNothingNew()
    {
        await using (var before = Table(Five))
            Assert.Equal("A", (await before.AssignAsync("old")).Id);

        await using var table = Table([.. Five.Skip(1)]);

        Assert.Equal(Five[0], await table.AssignAsync("old"));
        for (var turn = 0; turn < 8; turn++)
            Assert.NotEqual("A", (await table.AssignAsync($"{turn}")).Id);
    }

    [Fact]
    public virtual async Task Assign_EmployeeComesBack_GetsCasesAgain()
    {
        await using (var before = Table(Five))
            await before.AssignAsync("old");
        await using (var without = Table([.. Five.Skip(4)]))
            Assert.Equal("E", (await without.AssignAsync("1")).Id);

        await using var table = Table(Five);

        Assert.Equal("B", (await table.AssignAsync("2")).Id);
    }

    [Fact]
    public virtual async Task Assign_EmployeeChanged_AnswersTheNewNameAndAddress()
    {
        await using (var before = Table(Five))
            await before.AssignAsync("key");
        var changed = new Employee("A", "Zoë 'A'; drop table", "new@example.com");

        await using var table = Table([changed]);

        Assert.Equal(changed, await table.AssignAsync("key"));
    }

    [Fact]
    public virtual async Task Assign_OpenedAgain_KnowsWhatWasAssigned()
    {
        await using (var before = Table(Five))
        {
            Assert.Equal("A", (await before.AssignAsync("1")).Id);
            Assert.Equal("B", (await before.AssignAsync("2")).Id);
        }

        await using var table = Table(Five);

        Assert.Equal("B", (await table.AssignAsync("2")).Id);
        Assert.Equal("C", (await table.AssignAsync("3")).Id);
    }

    [Fact]
    public virtual async Task Assign_OnTheNextDay_YesterdayDoesNotCount()
    {
        await using var table = Table(Five);
        _clock.Now = new(2026, 3, 1, 23, 59, 59, 999, DateTimeKind.Utc);
        Assert.Equal("A", (await table.AssignAsync("1")).Id);

        _clock.Now = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

        Assert.Equal("A", (await table.AssignAsync("2")).Id);
        Assert.Equal("B", (await table.AssignAsync("3")).Id);
    }

    [Fact]
    public virtual async Task Assign_KeyAndCaseOfAnyText_AreKept()
    {
        await using var table = Table(Five);
        var key = new string('k', 1000) + " '; -- ü 🙂";

        var first = await table.AssignAsync(key);

        Assert.Equal(first, await table.AssignAsync(key));
    }

    [Fact]
    public virtual async Task Assign_Cancelled_IsCancelled()
    {
        await using var table = Table(Five);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => table.Assignments.AssignAsync("key", "001", new CancellationToken(canceled: true)));

        Assert.Equal("A", (await table.AssignAsync("key")).Id);
    }

    private Opened Table(IReadOnlyList<Employee> employees) => new(Open(employees, _clock));

    private sealed class Opened(IAssignments assignments) : IAsyncDisposable
    {
        public IAssignments Assignments => assignments;

        public Task<Employee> AssignAsync(string key) => assignments.AssignAsync(key, $"case {key}", default);

        public ValueTask DisposeAsync() => assignments is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
    }
}
