using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CallCenter.Assignments;

internal sealed class SqliteDatabase(SqliteConnectionStringBuilder settings) : Database(SqliteFactory.Instance.CreateDataSource(settings.ConnectionString))
{
    public override string Name { get; } = $"SQLite, file {settings.DataSource}";

    public override string TablesExist =>
        "select 1 where (select count(*) from sqlite_master where type = 'table' and name in ('callcenter_employees', 'callcenter_assignments')) = 2";

    public override string CreateTables => """
        create table if not exists callcenter_employees(
            id text not null primary key,
            name text not null,
            email text not null,
            active boolean not null);
        create table if not exists callcenter_assignments(
            assignment_key text not null primary key,
            case_id text not null,
            employee_id text not null references callcenter_employees(id),
            assigned_at text not null);
        create index if not exists callcenter_assignments_of_day on callcenter_assignments(employee_id, assigned_at);
        """;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await base.OpenAsync(cancellation);
        try
        {
            // All but journal_mode hold for this connection only. FULL: an assignment that was answered survives a power cut.
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                pragma busy_timeout = {settings.DefaultTimeout * 1000};
                pragma journal_mode = wal;
                pragma synchronous = full;
                pragma foreign_keys = on
                """;
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // BEGIN IMMEDIATE: a transaction that reads first and wants to write later may find that another one was faster, and there is no waiting for that.
    public override Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    // Text of one length in UTC sorts by time.
    public override object Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override void Dispose()
    {
        base.Dispose();
        ClearPool();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        ClearPool();
    }

    // Else the pool keeps the file open.
    private void ClearPool()
    {
        using var connection = new SqliteConnection(settings.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
