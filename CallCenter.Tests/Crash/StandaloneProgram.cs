using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CallCenter.Tests.Conformance;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Crash;

/// <summary>The program in a process of its own, which can be killed.</summary>
internal sealed partial class StandaloneProgram : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly SystemProcess _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandaloneProgram(SystemProcess process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    /// <summary>Calls the program.</summary>
    public HttpClient Http { get; } = new() { Timeout = Deadline };

    /// <summary>What it printed.</summary>
    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    /// <summary>The real program, as it is shipped.</summary>
    public static Task<StandaloneProgram> StartAsync(string data, params string[] settings) => StartAsync(data, [], settings);

    /// <summary>The same with variables in its environment.</summary>
    public static Task<StandaloneProgram> StartAsync(string data, Dictionary<string, string?> environment, params string[] settings) =>
        StartAsync("CallCenter.Standalone.dll", data, environment, settings);

    /// <summary>The same with <see cref="Runtime.KindWorker"/>.</summary>
    public static Task<StandaloneProgram> StartScriptedAsync(string data, params string[] settings) => StartAsync("CallCenter.Tests.dll", data, [], settings);

    /// <summary>Another program on the same host: a sample, by its assembly.</summary>
    public static Task<StandaloneProgram> StartProgramAsync(string assembly, string data, params string[] settings) => StartAsync(assembly, data, [], settings);

    /// <summary>The real program; once it listens, nobody reads what it prints.</summary>
    public static async Task<StandaloneProgram> StartUnreadAsync(string data, params string[] settings)
    {
        var program = Begin("CallCenter.Standalone.dll", data, [], settings, []);
        while (!program._url.Task.IsCompleted)
            program.Read(await program._process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) ?? throw new IOException("It has ended."));
        program.Http.BaseAddress = new Uri(await program._url.Task);
        return program;
    }

    /// <summary>The real program, which may have so many files open at a time.</summary>
    public static Task<StandaloneProgram> StartWithFilesAsync(string data, int files, params string[] settings) =>
        StartAsync("CallCenter.Standalone.dll", data, [], settings, ["/bin/sh", "-c", $"ulimit -n {files}; exec \"$@\"", "sh"]);

    private static async Task<StandaloneProgram> StartAsync(string assembly, string data, Dictionary<string, string?> environment, string[] settings, params string[] shell)
    {
        var program = Begin(assembly, data, environment, settings, shell);
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        // It may well be stopped before it listens.
        if (await Task.WhenAny(program._url.Task, program._process.WaitForExitAsync()).WaitAsync(Deadline) == program._url.Task)
            program.Http.BaseAddress = new Uri(await program._url.Task);
        return program;
    }

    private static StandaloneProgram Begin(string assembly, string data, Dictionary<string, string?> environment, string[] settings, string[] shell)
    {
        string[] command = [.. shell, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, assembly)];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[.. command[1..], "--urls", "http://127.0.0.1:0", "--data", data, "--Logging:LogLevel:Default", "Warning", .. settings])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var program = new StandaloneProgram(new SystemProcess { StartInfo = start });
        program._process.Start();
        return program;
    }

    /// <summary>SIGKILL, or what comes closest on this system.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: the program is asked to end.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends a signal by its name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = SystemProcess.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it takes no more connections: its end has begun.</summary>
    public Task EndsAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            using var probe = await ConnectAsync("");
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    });

    /// <summary>A connection of its own on which something was sent.</summary>
    public async Task<TcpClient> ConnectAsync(string text)
    {
        var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(Http.BaseAddress!.Host, Http.BaseAddress.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The memory that it holds, in bytes, and its open handles.</summary>
    public (long Memory, long Handles) Use()
    {
        _process.Refresh();
        var open = $"/proc/{_process.Id}/fd";
        return (_process.WorkingSet64, Directory.Exists(open) ? Directory.GetFileSystemEntries(open).Length : _process.HandleCount);
    }

    /// <summary>Waits until it has ended, and gives its exit code.</summary>
    /// <param name="deadline">What is too long for a test that has more than one reason to wait.</param>
    public async Task<int> ExitAsync(TimeSpan? deadline = null)
    {
        await _process.WaitForExitAsync().WaitAsync(deadline ?? Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await ExitAsync();
        Http.Dispose();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (_output.Count > 500)
            _output.TryDequeue(out _);
        if (Listens().Match(line) is { Success: true } match)
            _url.TrySetResult(match.Groups[1].Value);
    }

    [GeneratedRegex(@"listens on (http://\S+)")]
    private static partial Regex Listens();
}
