using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CallCenter.Tests.Mail;

/// <summary>A mail server on loopback that says what a test wants it to say.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    /// <summary>An answer: none, the connection stays open.</summary>
    public const string Hang = "hang";

    /// <summary>An answer: the connection is closed instead.</summary>
    public const string Drop = "drop";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public SmtpServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to a command; where there is none, it agrees. <c>.</c> is the end of a mail.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>What it says that it can, such as <c>STARTTLS</c>.</summary>
    public string[] Extensions { get; init; } = [];

    /// <summary>What it shows after STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Every command that it got.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Every mail that it got, up to the line with the dot, whatever it answered.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
                await TalkAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var reader = new StreamReader(stream, Encoding.UTF8);
        await WriteAsync(stream, Answers.GetValueOrDefault("greeting", "220 here"));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Commands.Enqueue(line);
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            var answer = Answers.GetValueOrDefault(command, Usual(command));
            if (!await WriteAsync(stream, answer) || command == "QUIT")
                return;
            if (command == "STARTTLS" && answer.StartsWith('2'))
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
                (stream, reader) = (secure, new StreamReader(secure, Encoding.UTF8));
            }
            else if (command == "AUTH" && answer.StartsWith('3'))
            {
                // AUTH LOGIN: the name came with the command or comes now, then the password.
                Commands.Enqueue(await reader.ReadLineAsync(_stop.Token) ?? "");
                if (!await WriteAsync(stream, Answers.GetValueOrDefault("password", "235 welcome")))
                    return;
            }
            else if (command == "DATA" && answer.StartsWith('3'))
            {
                Mails.Enqueue(await ReadMailAsync(reader));
                if (!await WriteAsync(stream, Answers.GetValueOrDefault(".", "250 taken")))
                    return;
            }
        }
    }

    private string Usual(string command) => command switch
    {
        "EHLO" => "250-here\r\n" + string.Concat(Extensions.Select(extension => $"250-{extension}\r\n")) + "250 HELP",
        "AUTH" => "334 UGFzc3dvcmQ6",
        "DATA" => "354 go on",
        "STARTTLS" => "220 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            mail.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        return mail.ToString();
    }

    private async Task<bool> WriteAsync(Stream stream, string answer)
    {
        if (answer == Drop)
            return false;
        if (answer == Hang)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\r\n"), _stop.Token);
        return true;
    }
}
