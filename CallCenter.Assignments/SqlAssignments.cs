using System.Data.Common;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.Employees;
using Microsoft.Data.Sqlite;

namespace CallCenter.Assignments;

/// <summary>
/// Assignments in an SQL table, in a SQLite file or in PostgreSQL. A case goes to the employee with the fewest assignments of the day (UTC),
/// among equals to the one with the first id.
/// </summary>
/// <remarks>
/// The first assignment makes the tables where they are missing, and brings the employees in them in step with the configured ones: those who are
/// no longer configured keep what they have and get nothing new.
/// Several programs may use one table; where their employees differ, those of the program that came last count.
/// </remarks>
public sealed class SqlAssignments : IAssignments, IAsyncDisposable, IDisposable
{
    private const string Insert = """
        insert into callcenter_assignments(assignment_key, case_id, employee_id, assigned_at)
        select @key, @case, e.id, @now
          from callcenter_employees e left join callcenter_assignments a on a.employee_id = e.id and a.assigned_at >= @day
         where e.active
         group by e.id order by count(a.assignment_key), e.id limit 1
        on conflict(assignment_key) do nothing
        """;

    private const string Find = """
        select e.id, e.name, e.email from callcenter_assignments a join callcenter_employees e on e.id = a.employee_id where a.assignment_key = @key
        """;

    private const string Keep = """
        insert into callcenter_employees(id, name, email, active) values(@id, @name, @email, true)
        on conflict(id) do update set name = excluded.name, email = excluded.email, active = true
        """;

    private readonly Database _database;
    private readonly IReadOnlyList<Employee> _employees;
    private readonly TimeProvider _clock;
    // One assignment at a time in this program: they would wait for each other in the database anyway, each with a connection and some with a thread.
    private readonly SemaphoreSlim _turn = new(1);
    private bool _prepared;

    /// <summary>Uses a table; nothing is opened before the first assignment.</summary>
    /// <param name="connection"><c>Data Source=file</c> for SQLite; <c>Host=...</c> or <c>postgresql://...</c> for PostgreSQL.</param>
    /// <param name="employees">Who may be assigned.</param>
    /// <param name="clock">Says which day it is; the system's when null.</param>
    /// <exception cref="ArgumentException">The connection or the employees cannot be used; the message names the setting and holds no password.</exception>
    public SqlAssignments(string connection, IReadOnlyList<Employee> employees, TimeProvider? clock = null)
    {
        Roster.Check(employees);
        _database = ConnectionSetting.Parse(connection);
        _employees = [.. employees];
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The table of the settings <c>CallCenter:Assignments</c> and <c>CallCenter:Employees</c>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="file">The SQLite file where no table is set, which the first assignment makes; null for none.</param>
    /// <returns>Null where there is no table.</returns>
    /// <exception cref="InvalidSettingException">The connection or an employee cannot be used: the host should not start.</exception>
    public static SqlAssignments? Read(SettingsReader settings, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var employees = Roster.Read(settings);
        var connection = settings.Text("Assignments") ?? (file is null ? null : new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString);
        try
        {
            return connection is null ? null : new SqlAssignments(connection, employees);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingException(wrong.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<Employee> AssignAsync(string key, string caseId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentException.ThrowIfNullOrWhiteSpace(caseId);
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var connection = await _database.OpenAsync(cancellation);
            if (!_prepared)
                await PrepareAsync(connection, cancellation);
            _prepared = true;
            return await AssignAsync(connection, key, caseId, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not AssignmentException)
        {
            // The next call looks again for the tables: they may have gone with the database, and come back without them.
            _prepared = false;
            throw new AssignmentException(
                $"No employee could be assigned: the database of the setting CallCenter:Assignments ({_database.Name}) cannot be used: {Reason(e)}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<Employee> AssignAsync(DbConnection connection, string key, string caseId, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        await using var transaction = await _database.BeginAloneAsync(connection, cancellation);
        await ExecuteAsync(transaction, Insert, cancellation,
            ("@key", key), ("@case", caseId), ("@now", _database.Moment(now)), ("@day", _database.Moment(new(now.UtcDateTime.Date, TimeSpan.Zero))));
        // Always from the table, never what was chosen just now: the key may be an old one.
        var employee = await ReadAsync(transaction, key, cancellation)
            ?? throw new AssignmentException($"No employee could be assigned: nobody in the table callcenter_employees is active ({_database.Name}).");
        await transaction.CommitAsync(cancellation);
        return employee;
    }

    private async Task PrepareAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await _database.BeginAloneAsync(connection, cancellation);
        await using (var exist = Command(transaction, _database.TablesExist))
        {
            if (await exist.ExecuteScalarAsync(cancellation) is null)
                await ExecuteAsync(transaction, _database.CreateTables, cancellation);
        }
        await ExecuteAsync(transaction, "update callcenter_employees set active = false where active", cancellation);
        foreach (var employee in _employees)
            await ExecuteAsync(transaction, Keep, cancellation, ("@id", employee.Id), ("@name", employee.Name), ("@email", employee.Email));
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Employee?> ReadAsync(DbTransaction transaction, string key, CancellationToken cancellation)
    {
        await using var command = Command(transaction, Find, ("@key", key));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? new(rows.GetString(0), rows.GetString(1), rows.GetString(2)) : null;
    }

    private static async Task ExecuteAsync(
        DbTransaction transaction, string sql, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(transaction, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static DbCommand Command(DbTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static string Reason(Exception failure) => failure.InnerException is { } inner ? $"{failure.Message} ({inner.Message})" : failure.Message;
}
