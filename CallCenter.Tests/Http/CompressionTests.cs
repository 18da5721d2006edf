using System.IO.Compression;
using System.Net;

namespace CallCenter.Tests.Http;

/// <summary>What is read comes compressed to callers who take that, with a tag of its own.</summary>
public sealed class CompressionTests : IAsyncLifetime
{
    private const string Large = "/openapi.json";
    private SocketHost _host = null!;

    public async Task InitializeAsync() => _host = await SocketHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("GZIP", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    public async Task Get_CallerTakesACoding_IsSmallerAndTheSame(string accepted, string coding)
    {
        using var plain = await GetAsync(Large);
        using var coded = await GetAsync(Large, accepted);
        var bytes = await coded.Content.ReadAsByteArrayAsync();
        await using Stream opened = coding == "br"
            ? new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress)
            : new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await opened.CopyToAsync(whole);

        Assert.Equal((coding, "Accept-Encoding"), (Assert.Single(coded.Content.Headers.ContentEncoding), Assert.Single(coded.Headers.Vary)));
        Assert.True(bytes.Length * 4 < whole.Length);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), whole.ToArray());
        Assert.Equal("Accept-Encoding", Assert.Single(plain.Headers.Vary));
        Assert.NotEqual(plain.Headers.ETag, coded.Headers.ETag);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("deflate, br;q=0")]
    public async Task Get_CallerTakesNone_IsAsItIs(string? accepted)
    {
        using var plain = await GetAsync(Large, accepted);

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal('{', (char)(await plain.Content.ReadAsByteArrayAsync())[0]);
    }

    [Fact]
    public async Task Get_ShortAnswer_IsAsItIs()
    {
        using var health = await GetAsync("/api/health", "br");

        Assert.Empty(health.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Get_KnownTag_IsConfirmedAsItWasGiven(string? accepted)
    {
        using var first = await GetAsync(Large, accepted);
        using var again = await GetAsync(Large, accepted, first.Headers.ETag!.ToString());

        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.False(first.Headers.ETag.IsWeak);
    }

    [Fact]
    public async Task Get_ConsoleFile_IsNotCompressedTwice()
    {
        using var page = await GetAsync("/console", "br");
        using var known = await GetAsync("/console", "br", page.Headers.ETag!.ToString());

        Assert.Equal("br", Assert.Single(page.Content.Headers.ContentEncoding));
        await using var opened = new BrotliStream(await page.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.StartsWith("<!doctype html>", await new StreamReader(opened).ReadToEndAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((HttpStatusCode.NotModified, page.Headers.ETag), (known.StatusCode, known.Headers.ETag));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accepted = null, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await _host.Http.SendAsync(request);
    }
}
