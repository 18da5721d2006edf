using System.Text;

namespace CallCenter.Tests.Http;

/// <summary>Makes requests as nobody should: right ones, changed at random, one byte a character.</summary>
internal sealed class FuzzRequests(int seed)
{
    private const string Root = "/runtime/webhooks/durabletask/instances";

    private static readonly string[] Methods = ["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", ""];

    private static readonly string[] Targets =
    [
        "/", "/api", "/api/cases", "/api/cases?status=Running&top=3", "/api/cases/waits", "/api/cases/waits/work", "/api/cases/nobody/terminate?reason=x", "/api/workflow?format=asl",
        "/api/health", "/openapi.json", "/console", "/console/app.js", "/console/../api/cases", Root, Root + "?createdTimeFrom=2999-01-01", Root + "?top=2&runtimeStatus=Completed",
        Root + "/waits", Root + "/waits?showHistory=true", Root + "/waits/raiseEvent/Other", Root + "/waits/suspend?reason=x", Root + "/waits/resume", Root + "/nobody/rewind", Root + "/nobody/restart", "*",
        "http://127.0.0.1/api/health", "http://127.0.0.1?x=/api/cases", "//api/cases", "/API/Cases/", "/nothing",
    ];

    private static readonly string[] Bodies =
    [
        """{"inputCaseID":"1"}""", """{"inputCaseID":"1","workMode":"agent","agentDeadlineSeconds":1,"retry":{"maxAttempts":1}}""", """{"resolved":true,"attempt":9,"agent":"x"}""",
        "", "[]", "\"x\"", "{", "null", """{"inputCaseID":"\ud800"}""", new('[', 300), """{"a":"\u0000"}""",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: application/json", "Content-Type: text/plain", "Prefer: wait=1", "Prefer: wait=;,\"", "If-None-Match: *", "Accept-Encoding: br;q=0, *", "Origin: null", "x-ms-continuation-token: 00",
        "Expect: 100-continue", "Content-Length: 5", "Transfer-Encoding: gzip", "Connection: Upgrade", "Upgrade: h2c", "Host: evil.example", "Cookie: a=b", "Range: bytes=0-1", "x-functions-key: y", "X: \t",
    ];

    private static readonly string[] Tokens =
    [
        "\r\n", "\r", "\n", "\0", "\u001b[2J", "%00", "%ff", "%2F", "%", "..", "\u00e2\u0080\u00ae", "\u00ff", "?", "&", "#", "=", ";", ":", " ", "\t", "\"", "\\u202e", "99999999999999999999", "-1", "1e999", "{", "}", "0\r\n\r\n",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One request, and the instance id that a start in it names.</summary>
    public (string Request, string Id) Next()
    {
        var id = $"fuzz-{_random.NextInt64():x16}";
        if (_random.Next(20) == 0)
            return (Encoding.Latin1.GetString(Bytes(_random.Next(1, 400))), id);
        var start = _random.Next(3) == 0;
        var method = start ? "POST" : Pick(Methods);
        var target = start ? $"/api/cases?instanceId={id}" : Pick(Targets);
        var request = Build(method, target, start ? Bodies[_random.Next(2)] : Pick(Bodies));
        for (var changes = _random.Next(6); changes > 0; changes--)
            request = Change(request);
        return (request, id);
    }

    /// <summary>The parts of a request for a client that sends only what is well-formed.</summary>
    public (string Method, string Target, string Body) NextWellFormed()
    {
        var target = Pick([.. Targets.Where(target => target.StartsWith('/'))]);
        return (Pick(["GET", "POST", "DELETE", "PUT"]), target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "x=" + Uri.EscapeDataString(Pick(Tokens)), Pick(Bodies));
    }

    public int Below(int bound) => _random.Next(bound);

    private string Build(string method, string target, string body)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.{(_random.Next(10) == 0 ? 0 : 1)}\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        if (_random.Next(4) > 0)
            head.Append("Content-Type: application/json\r\n");
        for (var more = _random.Next(3); more > 0; more--)
            head.Append(Pick(Headers)).Append("\r\n");
        if (_random.Next(3) > 0)
            return head.Append($"Content-Length: {body.Length + (_random.Next(10) == 0 ? 3 : 0)}\r\n\r\n").Append(body).ToString();
        head.Append("Transfer-Encoding: chunked\r\n\r\n");
        var cut = _random.Next(body.Length + 1);
        foreach (var part in new[] { body[..cut], body[cut..] }.Where(part => part.Length > 0))
            head.Append($"{part.Length:x}\r\n{part}\r\n");
        return head.Append("0\r\n\r\n").ToString();
    }

    /// <summary>Never copies more than a piece: two whole requests would have two answers.</summary>
    private string Change(string text)
    {
        if (text.Length == 0)
            return Pick(Tokens);
        var at = _random.Next(text.Length);
        var length = Math.Min(_random.Next(1, 30), text.Length - at);
        return _random.Next(7) switch
        {
            0 => text[..at] + (char)_random.Next(256) + text[(at + 1)..],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text[..at],
            4 => text.Insert(at, new string(Pick(Tokens)[0], _random.Next(20) == 0 ? 9_000 : 3)),
            _ => text.Insert(at, Pick(Tokens)),
        };
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
