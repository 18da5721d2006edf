using CallCenter.Assignments;
using CallCenter.Tests.Storage;
using CallCenter.Workflows.Employees;
using Microsoft.Data.Sqlite;

namespace CallCenter.Tests.Assignments;

/// <summary>The table in a SQLite file.</summary>
public sealed class SqliteAssignmentsTests : AssignmentsConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Connection => $"Data Source={Path.Combine(_folder.Path, "assignments.db")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Assign_FolderMissing_NamesTheSettingAndTheFile()
    {
        await using var table = new SqlAssignments($"Data Source={_folder.Path}/none/a.db", Roster.Example);

        var failure = await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("key", "001", default));

        Assert.Contains("CallCenter:Assignments", failure.Message, StringComparison.Ordinal);
        Assert.Contains("none/a.db", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assign_AfterAFailure_WorksOnceItCan()
    {
        await using var table = new SqlAssignments($"Data Source={_folder.Path}/later/a.db", Roster.Example);
        await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("key", "001", default));

        Directory.CreateDirectory(Path.Combine(_folder.Path, "later"));

        Assert.Equal("1", (await table.AssignAsync("key", "001", default)).Id);
    }

    [Fact]
    public async Task Assign_NobodyActive_SaysSo()
    {
        await using var table = new SqlAssignments(Connection, Roster.Example);
        await table.AssignAsync("key", "001", default);
        Execute("update callcenter_employees set active = false");

        var failure = await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("another", "002", default));

        Assert.Contains("callcenter_employees", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await table.AssignAsync("key", "001", default)).Id);
    }

    [Fact]
    public async Task Assign_AnotherProgramHoldsTheFile_SaysSo()
    {
        await using var table = new SqlAssignments($"{Connection};Default Timeout=1", Roster.Example);
        await table.AssignAsync("key", "001", default);
        using var other = new SqliteConnection(Connection);
        other.Open();
        using var held = other.BeginTransaction(deferred: false);

        var failure = await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("another", "002", default));

        Assert.Contains("locked", failure.Message, StringComparison.Ordinal);
        SqliteConnection.ClearPool(other);
    }

    [Fact]
    public async Task Dispose_File_IsLetGo()
    {
        using (var table = new SqlAssignments(Connection, Roster.Example))
            await table.AssignAsync("key", "001", default);

        // The last connection to go takes the write-ahead log with it.
        Assert.Equal(["assignments.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    protected override IAssignments Open(IReadOnlyList<Employee> employees, TimeProvider clock) => new SqlAssignments(Connection, employees, clock);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"{Connection};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
