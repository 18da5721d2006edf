using System.Diagnostics;
using Npgsql;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Assignments;

/// <summary>
/// The PostgreSQL of <c>CALLCENTER_PG</c> (a connection string), or one that these tests start from the programs on this machine, in a folder of their own, and end.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("CALLCENTER_PG") is { Length: > 0 } given ? given : null;

    private static readonly string? Programs = FindPrograms();

    // initdb and postgres refuse to run as root.
    private static readonly bool AsPostgres = !OperatingSystem.IsWindows() && Environment.UserName == "root";

    private string? _folder;

    /// <summary>Why the tests cannot run here, or null.</summary>
    public static string? Missing { get; } =
        Given is not null ? null
        : Programs is null ? "No PostgreSQL was found: install its server (Debian: postgresql), or set CALLCENTER_PG to a connection string."
        : AsPostgres && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no user postgres: install Debian's postgresql, or set CALLCENTER_PG to a connection string."
            : null;

    /// <summary>How to reach it.</summary>
    public string Connection { get; private set; } = Given ?? "";

    public async Task InitializeAsync()
    {
        if (Missing is not null || Given is not null)
            return;
        // Not under TMPDIR, which may be closed to the user postgres.
        _folder = Directory.Exists("/tmp") ? $"/tmp/callcenter-pg-{Guid.NewGuid():n}" : Directory.CreateTempSubdirectory("callcenter-pg-").FullName;
        Directory.CreateDirectory(_folder);
        if (AsPostgres)
            await RunAsync("chown", "postgres", _folder);
        var data = Path.Combine(_folder, "data");
        await RunServersAsync("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        var port = Ports.Free();
        await RunServersAsync(
            "pg_ctl", "-w", "-D", data, "-l", Path.Combine(_folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");
        Connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    public async Task DisposeAsync()
    {
        if (_folder is null)
            return;
        if (Connection.Length > 0)
            await RunServersAsync("pg_ctl", "-w", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static Task RunServersAsync(string program, params string[] arguments) => AsPostgres
        ? RunAsync("su", ["postgres", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", Path.Combine(Programs!, program), .. arguments])
        : RunAsync(Path.Combine(Programs!, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // No pipes: the server would inherit them and keep them open.
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        using var process = SystemProcess.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var folders = versions.OrderDescending().Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return folders.FirstOrDefault(folder => new[] { "initdb", "pg_ctl", "postgres" }.All(name => File.Exists(Path.Combine(folder, name))));
    }
}
