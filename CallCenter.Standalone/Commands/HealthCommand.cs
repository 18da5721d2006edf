using System.Net;
using System.Net.Sockets;
using CallCenter.Durable;
using CallCenter.Durable.Settings;
using CallCenter.Standalone.Hosting;

namespace CallCenter.Standalone.Commands;

/// <summary><c>health</c>: whether the program that listens where these settings say takes work. Containers ask so: they have no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>0 when <c>/readyz</c> answers 200, else 1.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WorkflowSettings, IReadOnlyList<IWorkflow>> workflows, TextWriter output)
    {
        var address = StandaloneHost.AddressesOf(args, workflows)[0];
        var binding = BindingAddress.Parse(address);
        if (binding.IsNamedPipe || (!binding.IsUnixPipe && binding.Port == 0))
            throw new InvalidSettingException("urls", address, "an address with a port, such as http://127.0.0.1:7071, or a Unix socket");
        using var http = new HttpClient(HandlerOf(binding)) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(UriOf(binding));
            output.WriteLine($"{address} answers {(int)answer.StatusCode}: {LogText.OneLine(await answer.Content.ReadAsStringAsync())}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            output.WriteLine($"{address} does not answer: {error.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    /// <summary>This machine is asked, wherever the program listens for others.</summary>
    private static Uri UriOf(BindingAddress binding)
    {
        var host = binding.IsUnixPipe || binding.Host == "localhost" ? "localhost"
            : !IPAddress.TryParse(binding.Host, out var ip) || ip.Equals(IPAddress.Any) ? "127.0.0.1"
            : ip.Equals(IPAddress.IPv6Any) ? "[::1]"
            : binding.Host;
        return new UriBuilder(binding.Scheme, host, binding.IsUnixPipe ? -1 : binding.Port, binding.PathBase + "/readyz").Uri;
    }

    private static SocketsHttpHandler HandlerOf(BindingAddress binding)
    {
        // Nothing secret is sent, and a certificate for a public name says nothing of 127.0.0.1.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        if (binding.IsUnixPipe)
        {
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(binding.UnixPipePath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }
        return handler;
    }
}
