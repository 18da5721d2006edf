using System.Data.Common;
using Npgsql;

namespace CallCenter.Assignments;

internal sealed class PostgresDatabase(NpgsqlConnectionStringBuilder settings) : Database(NpgsqlDataSource.Create(settings))
{
    // Any number that nobody else locks: these are the letters of 'CallCent'.
    private const long Lock = 0x43616C6C43656E74;

    public override string Name { get; } = $"PostgreSQL at {settings.Host}:{settings.Port}, database {settings.Database ?? settings.Username}";

    public override string TablesExist =>
        "select 1 where to_regclass('callcenter_employees') is not null and to_regclass('callcenter_assignments') is not null";

    // Ids are compared by code point, as SQLite does: the database's language has no say in who comes first.
    public override string CreateTables => """
        create table if not exists callcenter_employees(
            id text collate "C" primary key,
            name text not null,
            email text not null,
            active boolean not null);
        create table if not exists callcenter_assignments(
            assignment_key text collate "C" primary key,
            case_id text not null,
            employee_id text collate "C" not null references callcenter_employees(id),
            assigned_at timestamptz not null);
        create index if not exists callcenter_assignments_of_day on callcenter_assignments(employee_id, assigned_at);
        """;

    public override async Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            // A statement of its own: the ones that follow then see what was committed while this one waited.
            await using var command = connection.CreateCommand();
            command.CommandText = $"select pg_advisory_xact_lock({Lock})";
            await command.ExecuteNonQueryAsync(cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override object Moment(DateTimeOffset time) => time.ToUniversalTime();
}
