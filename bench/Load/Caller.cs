using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Bench.Load;

/// <summary>
/// One caller: one connection, one request at a time. A blocking socket and ready-made bytes, because whatever the callers use of the
/// processors is missing to the server beside them.
/// </summary>
internal sealed class Caller : IDisposable
{
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    private static readonly byte[] LengthName = "ontent-length: "u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    private readonly byte[] _request;
    private readonly byte[] _response = new byte[64 << 10];

    /// <param name="server">Where the server listens.</param>
    /// <param name="wait">True to wait for the end of the case, false for the 202 alone.</param>
    public Caller(IPEndPoint server, bool wait)
        : this(server, "/api/cases", wait)
    {
    }

    /// <param name="url">Where cases are started, and answered when they have ended.</param>
    public Caller(Uri url)
        : this(new IPEndPoint(IPAddress.Parse(url.Host), url.Port), url.AbsolutePath, wait: true)
    {
    }

    private Caller(IPEndPoint server, string path, bool wait)
    {
        const string body = """{"inputCaseID":"001"}""";
        var prefer = wait ? "Prefer: wait=30\r\n" : "";
        _request = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\n{prefer}Content-Length: {body.Length}\r\n\r\n{body}");
        _socket.Connect(server);
    }

    /// <summary>Starts one case.</summary>
    /// <returns>The status code of the answer, which has been read to its end.</returns>
    public int Call()
    {
        _socket.Send(_request);
        var (read, headers) = (0, -1);
        while (headers < 0)
        {
            read += Receive(read);
            headers = _response.AsSpan(0, read).IndexOf(EndOfHeaders);
        }
        var all = headers + EndOfHeaders.Length + ContentLength(_response.AsSpan(0, headers));
        while (read < all)
            read += Receive(read);
        return int.Parse(_response.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int Receive(int at) =>
        _socket.Receive(_response.AsSpan(at)) is > 0 and var count ? count : throw new IOException("The server closed the connection.");

    private static int ContentLength(ReadOnlySpan<byte> headers)
    {
        // Some write the names in small letters.
        var at = headers.IndexOf("ontent-"u8);
        while (at >= 0 && !Ascii.EqualsIgnoreCase(headers.Slice(at, Math.Min(LengthName.Length, headers.Length - at)), LengthName))
            at = headers[(at + 1)..].IndexOf("ontent-"u8) is >= 0 and var next ? at + 1 + next : -1;
        if (at < 0)
            throw new IOException("The answer does not say how long it is.");
        var rest = headers[(at + LengthName.Length)..];
        return int.Parse(rest.IndexOf((byte)'\r') is >= 0 and var end ? rest[..end] : rest, CultureInfo.InvariantCulture);
    }
}
