using System.Text.Json;
using Npgsql;

namespace CallCenter.Bench.Peers.Postgres;

/// <summary>The cases and their steps in PostgreSQL. Each call is one transaction, on disk when it returns.</summary>
internal sealed class StepTable : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private StepTable(NpgsqlDataSource source) => _source = source;

    public static async Task<StepTable> OpenAsync(string connection)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1, NoResetOnClose = true });
        await using var create = source.CreateCommand("""
            create table if not exists cases(id uuid primary key, number text not null, started_at timestamptz not null, output jsonb, ended_at timestamptz);
            create table if not exists steps(id uuid not null, step int not null, name text not null, result jsonb not null, at timestamptz not null, primary key(id, step));
            """);
        await create.ExecuteNonQueryAsync();
        return new(source);
    }

    public Task StartAsync(Guid id, string number) => RunAsync("insert into cases(id, number, started_at) values ($1, $2, now())", id, number);

    public Task AddAsync(Guid id, int step, string name, SupportCase result) =>
        RunAsync("insert into steps(id, step, name, result, at) values ($1, $2, $3, $4::jsonb, now())", id, step, name, JsonSerializer.Serialize(result));

    public Task EndAsync(Guid id, int step, string name, SupportCase result) => RunAsync(
        """
        with last as (insert into steps(id, step, name, result, at) values ($1, $2, $3, $4::jsonb, now()))
        update cases set output = $4::jsonb, ended_at = now() where id = $1
        """,
        id, step, name, JsonSerializer.Serialize(result));

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task RunAsync(string sql, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
