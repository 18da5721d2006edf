using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Moq;

namespace CallCenter.Functions.Tests.Http;

/// <summary>A request as the host hands it over.</summary>
internal sealed class FakeRequest(string method, string pathAndQuery, string? body = null, CancellationToken cancellation = default)
    : HttpRequestData(Context(cancellation))
{
    public override Stream Body { get; } = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));

    public override HttpHeadersCollection Headers { get; } = [];

    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override Uri Url { get; } = new("http://localhost:7071" + pathAndQuery);

    public override IEnumerable<ClaimsIdentity> Identities => [];

    public override string Method => method;

    public override HttpResponseData CreateResponse() => new FakeResponse(FunctionContext);

    private static FunctionContext Context(CancellationToken cancellation)
    {
        var context = new Mock<FunctionContext>(MockBehavior.Strict);
        context.SetupGet(function => function.CancellationToken).Returns(cancellation);
        return context.Object;
    }
}

/// <summary>What goes back to the host.</summary>
internal sealed class FakeResponse(FunctionContext context) : HttpResponseData(context)
{
    public override HttpStatusCode StatusCode { get; set; }

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override Stream Body { get; set; } = new ServerStream();

    public override HttpCookies Cookies => throw new NotSupportedException();

    public string Text => Encoding.UTF8.GetString(((MemoryStream)Body).ToArray());

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>The body of an answer as the server takes it: not synchronously, and nothing where no body may be (304), not even nothing.</summary>
internal sealed class ServerStream : MemoryStream
{
    private readonly MemoryStream _written = new();

    public override byte[] ToArray() => _written.ToArray();

    public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            throw new InvalidOperationException("Writing to the response body is invalid for responses with status code 304.");
        _written.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
