using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Standalone;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Http;

/// <summary>A whole Standalone, called over sockets: an HTTP client would tidy up what it sends. Its log is kept.</summary>
public sealed class SocketHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private SocketHost(WebApplication app, TemporaryFolder folder)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = Address };
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
    }

    internal CapturedLog Log { get; } = new();

    /// <summary>For calls that an HTTP client makes well enough.</summary>
    public HttpClient Http { get; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<SocketHost> StartAsync(params string[] settings)
    {
        var folder = new TemporaryFolder();
        return new(
            await StandaloneHost.StartAsync(["--urls", "http://127.0.0.1:0", "--data", folder.Path, "--Logging:Console:LogLevel:Default", "None", .. settings], BuiltInWorkflows.Create), folder);
    }

    /// <summary>Sends text as it is (one byte a character) on a connection of its own, and reads whatever comes until the host closes it.</summary>
    public async Task<string> SendAsync(string request)
    {
        using var socket = await ConnectAsync();
        return await ExchangeAsync(socket, request);
    }

    public async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
        return socket;
    }

    public static async Task<string> ExchangeAsync(TcpClient socket, string request)
    {
        using var answer = new MemoryStream();
        try
        {
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
            await socket.GetStream().CopyToAsync(answer);
        }
        catch (IOException)
        {
            // Closed by the host with something still unread: what came before counts.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
