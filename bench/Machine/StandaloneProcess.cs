using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CallCenter.Bench.Load;

namespace CallCenter.Bench.Machine;

/// <summary>The server under test: the real program, in a process of its own, on a folder of its own.</summary>
internal sealed class StandaloneProcess : IDisposable
{
    private readonly Process _process;
    private readonly IDisposable _leftover;
    private bool _ended;

    private StandaloneProcess(Process process, IDisposable leftover, IPEndPoint address, TimeSpan startUp) =>
        (_process, _leftover, Address, StartUp) = (process, leftover, address, startUp);

    /// <summary>The program that this bench was built with.</summary>
    public static string OwnProgram { get; } = Path.Combine(AppContext.BaseDirectory, "CallCenter.Standalone.dll");

    /// <summary>What runs it.</summary>
    public static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>From the start of the process to its first 202.</summary>
    public TimeSpan StartUp { get; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it holds, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits for its first 202.</summary>
    /// <param name="folder">The folder of its journal.</param>
    /// <param name="program">Another program than the bench's own.</param>
    /// <param name="settings">More for its command line.</param>
    public static StandaloneProcess Start(string folder, string? program = null, params string[] settings)
    {
        var began = Stopwatch.GetTimestamp();
        string[] arguments =
        [
            program ?? OwnProgram, "--data", folder, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning", .. settings,
        ];
        var process = Process.Start(new ProcessStartInfo(DotnetHost, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        var leftover = Leftovers.Add(process.Kill);
        try
        {
            var address = ReadAddress(process);
            using var caller = new Caller(address, wait: false);
            if (caller.Call() is not 202 and var status)
                throw new InvalidOperationException($"The server answered {status} to the first case.");
            return new(process, leftover, address, Stopwatch.GetElapsedTime(began));
        }
        catch
        {
            End(process, leftover);
            throw;
        }
    }

    /// <summary>Asks it how many cases have ended.</summary>
    public async Task<long> CountFinishedAsync()
    {
        using var client = new HttpClient();
        using var list = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{Address}/api/cases?top=1")));
        return list.RootElement.GetProperty("counts").EnumerateObject()
            .Where(count => count.Name is "Completed" or "Failed").Sum(count => count.Value.GetInt64());
    }

    /// <summary>Ends it: this process, and no other.</summary>
    public void Dispose()
    {
        if (!_ended)
            End(_process, _leftover);
        _ended = true;
    }

    /// <summary>Its first words name the address, with the port that the system chose. The rest is read too, so that it never waits for a reader.</summary>
    private static IPEndPoint ReadAddress(Process process)
    {
        const string said = "CallCenter listens on http://";
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith(said, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return IPEndPoint.Parse(line[said.Length..]);
        }
        throw new InvalidOperationException("The server ended before it listened.");
    }

    private static void End(Process process, IDisposable leftover)
    {
        using (process)
        {
            process.Kill();
            process.WaitForExit();
        }
        leftover.Dispose();
    }
}
