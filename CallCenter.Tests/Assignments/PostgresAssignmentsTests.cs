using CallCenter.Assignments;
using CallCenter.Workflows.Employees;
using Npgsql;

namespace CallCenter.Tests.Assignments;

/// <summary>The table in PostgreSQL, each test in a schema of its own.</summary>
public sealed class PostgresAssignmentsTests(PostgresServer server) : AssignmentsConformance, IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly string _schema = $"test_{Guid.NewGuid():n}";

    private string Connection => $"{server.Connection};Search Path={_schema}";

    public Task InitializeAsync() => PostgresServer.Missing is null ? server.ExecuteAsync($"create schema {_schema}") : Task.CompletedTask;

    public Task DisposeAsync() => PostgresServer.Missing is null ? server.ExecuteAsync($"drop schema {_schema} cascade") : Task.CompletedTask;

    [PostgresFact]
    public override Task Assign_SameKey_SameEmployee() => base.Assign_SameKey_SameEmployee();

    [PostgresFact]
    public override Task Assign_EveryoneEqual_TiesGoByIdInCodePointOrder() => base.Assign_EveryoneEqual_TiesGoByIdInCodePointOrder();

    [PostgresFact]
    public override Task Assign_ManyTwiceAtATime_OneAnswerEachAndEvenShares() => base.Assign_ManyTwiceAtATime_OneAnswerEachAndEvenShares();

    [PostgresFact]
    public override Task Assign_ManyProgramsBeginAtOnce_OneTable() => base.Assign_ManyProgramsBeginAtOnce_OneTable();

    [PostgresFact]
    public override Task Assign_EmployeeRemoved_KeepsTheOldAndGetsNothingNew() => base.Assign_EmployeeRemoved_KeepsTheOldAndGetsNothingNew();

    [PostgresFact]
    public override Task Assign_EmployeeComesBack_GetsCasesAgain() => base.Assign_EmployeeComesBack_GetsCasesAgain();

    [PostgresFact]
    public override Task Assign_EmployeeChanged_AnswersTheNewNameAndAddress() => base.Assign_EmployeeChanged_AnswersTheNewNameAndAddress();

    [PostgresFact]
    public override Task Assign_OpenedAgain_KnowsWhatWasAssigned() => base.Assign_OpenedAgain_KnowsWhatWasAssigned();

    [PostgresFact]
    public override Task Assign_OnTheNextDay_YesterdayDoesNotCount() => base.Assign_OnTheNextDay_YesterdayDoesNotCount();

    [PostgresFact]
    public override Task Assign_KeyAndCaseOfAnyText_AreKept() => base.Assign_KeyAndCaseOfAnyText_AreKept();

    [PostgresFact]
    public override Task Assign_Cancelled_IsCancelled() => base.Assign_Cancelled_IsCancelled();

    [PostgresFact]
    public async Task Assign_TablesThereButNoRightToMakeAny_Works()
    {
        await using (var owner = new SqlAssignments(Connection, Roster.Example))
            await owner.AssignAsync("key", "001", default);
        var user = $"user_{_schema}";
        await server.ExecuteAsync(
            $"create user {user} password '{user}'; grant usage on schema {_schema} to {user}; grant select, insert, update on all tables in schema {_schema} to {user}");

        var asUser = new NpgsqlConnectionStringBuilder(Connection) { Username = user, Password = user }.ConnectionString;
        await using (var table = new SqlAssignments(asUser, Roster.Example))
            Assert.Equal("2", (await table.AssignAsync("another", "002", default)).Id);

        await server.ExecuteAsync($"drop owned by {user}; drop user {user}");
    }

    [PostgresFact]
    public async Task Assign_ByAddress_UsesTheSameTable()
    {
        var given = new NpgsqlConnectionStringBuilder(server.Connection);
        await using var table = new SqlAssignments(Connection, Roster.Example);
        await using var byAddress = new SqlAssignments(
            $"postgresql://{given.Username}{(given.Password is null ? "" : ":" + Uri.EscapeDataString(given.Password))}@{given.Host}:{given.Port}/{given.Database}?search_path={_schema}&connect_timeout=5",
            Roster.Example);

        Assert.Equal("1", (await table.AssignAsync("key", "001", default)).Id);
        Assert.Equal("1", (await byAddress.AssignAsync("key", "001", default)).Id);
    }

    [PostgresFact]
    public async Task Assign_TablesDropped_AreMadeAgainByTheNextTry()
    {
        await using var table = new SqlAssignments(Connection, Roster.Example);
        await table.AssignAsync("key", "001", default);
        await server.ExecuteAsync($"drop table {_schema}.callcenter_assignments, {_schema}.callcenter_employees");

        await Assert.ThrowsAsync<AssignmentException>(() => table.AssignAsync("another", "002", default));

        Assert.Equal("1", (await table.AssignAsync("another", "002", default)).Id);
    }

    protected override IAssignments Open(IReadOnlyList<Employee> employees, TimeProvider clock) => new SqlAssignments(Connection, employees, clock);
}
