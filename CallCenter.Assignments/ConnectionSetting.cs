using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CallCenter.Assignments;

/// <summary>
/// Reads the setting <c>CallCenter:Assignments</c>.
/// It may hold a password, so no message shows its value, nor what a driver has to say about it.
/// </summary>
internal static class ConnectionSetting
{
    private const string Wanted =
        "It must be 'Data Source=FILE' for SQLite, or 'Host=...;Database=...;Username=...;Password=...' or " +
        "'postgresql://USER:PASSWORD@HOST:PORT/DATABASE' for PostgreSQL.";

    /// <exception cref="ArgumentException">It cannot be used.</exception>
    public static Database Parse(string connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
            throw Wrong("is empty");
        if (PostgresUri.IsOne(connection))
            return new PostgresDatabase(PostgresUri.Parse(connection));
        var given = new DbConnectionStringBuilder();
        try
        {
            given.ConnectionString = connection;
        }
        catch (ArgumentException)
        {
            throw Wrong("is not a list of NAME=VALUE;NAME=VALUE");
        }
        if (given.ContainsKey("Host"))
            return new PostgresDatabase(Read(new NpgsqlConnectionStringBuilder(), given));
        if (given.ContainsKey("Data Source"))
            return Sqlite(Read(new SqliteConnectionStringBuilder(), given));
        throw Wrong("names no known kind of database");
    }

    /// <summary>The error for a setting that cannot be used.</summary>
    /// <param name="fault">What it is, after 'the setting'.</param>
    public static ArgumentException Wrong(string fault) => new($"The setting CallCenter:Assignments {fault}. {Wanted}");

    /// <summary>Sets one part of a connection.</summary>
    /// <param name="settings">What it belongs to.</param>
    /// <param name="place">Where it stands, for the error: even what looks like its name may be the rest of a password with a semicolon in it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static void Set(DbConnectionStringBuilder settings, string place, string name, object? value)
    {
        try
        {
            settings[name] = value!;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw Wrong($"cannot be used: its {place} has a name that this kind of database does not know, or a value that it does not accept");
        }
    }

    private static T Read<T>(T settings, DbConnectionStringBuilder given)
        where T : DbConnectionStringBuilder
    {
        var number = 0;
        foreach (string name in given.Keys)
            Set(settings, $"NAME=VALUE number {++number}", name, given[name]);
        return settings;
    }

    private static SqliteDatabase Sqlite(SqliteConnectionStringBuilder settings)
    {
        if (settings.DataSource is "" or ":memory:" || settings.Mode == SqliteOpenMode.Memory)
            throw Wrong("names a table in memory, which would be forgotten when the program ends");
        return new SqliteDatabase(settings);
    }
}
