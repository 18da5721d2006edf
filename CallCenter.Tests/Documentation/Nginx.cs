using System.Diagnostics;
using System.Net.Sockets;
using CallCenter.Tests.Conformance;
using SystemProcess = System.Diagnostics.Process;

namespace CallCenter.Tests.Documentation;

/// <summary>A real nginx with a server of one of the documents. It listens on a socket in a folder, so that no port has to be found.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly SystemProcess _process;

    private Nginx(SystemProcess process, string socket)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);

    /// <summary>Calls it.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="folder">For its files. A socket's path may have about a hundred characters.</param>
    /// <param name="servers">What stands within <c>http</c>.</param>
    /// <param name="address">The address in it on which it listens.</param>
    public static async Task<Nginx> StartAsync(string folder, string servers, string address)
    {
        var socket = System.IO.Path.Combine(folder, "s");
        var paths = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(kind => $"{kind}_temp_path {folder}/{kind};\n"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; pid {{folder}}/pid; error_log {{folder}}/error.log;
            events { worker_connections 64; }
            http { access_log off; {{paths}} {{servers.Replace($"listen {address};", $"listen unix:{socket};", StringComparison.Ordinal)}} }
            """);
        var process = SystemProcess.Start(new ProcessStartInfo(Path!, ["-p", folder, "-c", "nginx.conf"]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(socket) || process.HasExited));
        return process.HasExited ? throw new IOException(await said) : new Nginx(process, socket);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>A test that needs nginx.</summary>
internal sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute() => Skip = Nginx.Path is null ? "There is no nginx on this machine." : null;
}
