using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CallCenter.Api.Console;
using CallCenter.Api.Http;

namespace CallCenter.Tests.Browser;

/// <summary>The console's files as a host serves them, without a browser.</summary>
public sealed partial class ConsoleFilesTests
{
    /// <summary>The page, and all that it loads.</summary>
    private static readonly string[] Paths =
        ["/console", .. Addresses().Matches(Text(Get("/console"))).Select(address => address.Groups[1].Value).Where(address => address[0] != '#').Select(address => "/" + address).Distinct()];

    private static string Style => Paths.Single(path => path.EndsWith(".css", StringComparison.Ordinal));

    [Theory]
    [InlineData("/console")]
    [InlineData("/Console")]
    public void Handle_RootOfTheConsole_AnswersThePage(string path)
    {
        var response = Get(path);

        Assert.Equal(200, response.Status);
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
        Assert.Contains("<main", Text(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/")]
    [InlineData("/console/index.html")]
    public void Handle_OtherNamesOfThePage_LeadToItWhereverAProxyPutsIt(string path)
    {
        var response = Get(path);

        Assert.Equal((307, "../console"), (response.Status, response.Header("Location")));
    }

    [Theory]
    [InlineData("/console", true)]
    [InlineData("/console/js/main.js", true)]
    [InlineData("/consoles", false)]
    [InlineData("/api/cases", false)]
    public void Owns_Path_IsTrueOfTheConsolesAlone(string path, bool owned) => Assert.Equal(owned, ConsoleFiles.Owns(path));

    [Theory]
    [InlineData("/console/none.js")]
    [InlineData("/console/../openapi.json")]
    [InlineData("/console/js")]
    [InlineData("/console//")]
    public void Handle_NoSuchFile_Answers404AsProblem(string path)
    {
        var response = Get(path);

        Assert.Equal(404, response.Status);
        Assert.Equal(Problem.ContentType, response.ContentType);
    }

    [Fact]
    public void Handle_WrongMethod_Answers405()
    {
        var response = ConsoleFiles.Handle(new ApiRequest { Method = "POST", Path = "/console", BaseUri = "http://localhost" });

        Assert.Equal(405, response.Status);
        Assert.Equal("GET, HEAD", response.Header("Allow"));
    }

    [Fact]
    public void Handle_Head_AnswersTheHeadersAlone()
    {
        var response = ConsoleFiles.Handle(new ApiRequest { Method = "HEAD", Path = "/console", BaseUri = "http://localhost" });

        Assert.Equal(200, response.Status);
        Assert.True(response.Body.IsEmpty);
        Assert.NotNull(response.Header("ETag"));
    }

    [Fact]
    public void Handle_KnownTag_Answers304()
    {
        var tag = Get("/console").Header("ETag")!;

        var response = Get("/console", ("If-None-Match", tag));

        Assert.Equal(304, response.Status);
        Assert.True(response.Body.IsEmpty);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("deflate", null)]
    [InlineData(null, null)]
    public void Handle_AcceptEncoding_AnswersTheSmallestFormThatIsTaken(string? accepted, string? expected)
    {
        var response = Get(Style, ("Accept-Encoding", accepted));

        Assert.Equal(expected, response.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", response.Header("Vary"));
        Assert.Contains("--bg", Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public void Handle_EveryForm_HasATagOfItsOwn() =>
        Assert.Equal(3, new[] { "br", "gzip", "identity" }.Select(form => Get(Style, ("Accept-Encoding", form)).Header("ETag")).Distinct().Count());

    [Fact]
    public void Handle_EveryFile_IsGuardedByAStrictPolicy()
    {
        foreach (var path in Paths)
        {
            var policy = Get(path).Header("Content-Security-Policy");
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Get(path).Header("X-Content-Type-Options"));
        }
    }

    [Fact]
    public void Page_WhatItLoads_IsFourFilesBesideIt()
    {
        Assert.Equal(5, Paths.Length);
        Assert.All(Paths.Skip(1), path =>
        {
            Assert.Matches("^/console/[a-z]+-[0-9a-f]{16}[.](css|js|svg)$", path);
            Assert.Equal(200, Get(path).Status);
        });
    }

    [Fact]
    public void Handle_Page_IsAskedForAgainAndAllElseIsKeptForEver()
    {
        Assert.Equal("no-cache", Get("/console").Header("Cache-Control"));
        Assert.All(Paths.Skip(1), path => Assert.Equal("public, max-age=31536000, immutable", Get(path).Header("Cache-Control")));
        Assert.All(Paths, path => Assert.NotNull(Get(path).Header("ETag")));
    }

    [Fact]
    public void Scripts_Modules_AreAllInThem()
    {
        var script = string.Concat(Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal)).Select(path => Text(Get(path))));

        Assert.All(ConsoleSources.Read().Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)),
            name => Assert.Contains($"// {name}\n", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Script_ThatComesFirst_IsSmall() =>
        Assert.InRange(Get(Paths.Single(path => path.StartsWith("/console/early-", StringComparison.Ordinal)), ("Accept-Encoding", "br")).Body.Length, 1, 2048);

    [Fact]
    public void Styles_All_AreInTheOne()
    {
        var style = Text(Get(Style));

        Assert.All(ConsoleSources.Read().Where(source => source.Key.EndsWith(".css", StringComparison.Ordinal)),
            source => Assert.Contains(source.Value, style, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_AllTogether_TakeLessThan72KiBOnTheWire()
    {
        var bytes = Paths.Sum(path => Get(path, ("Accept-Encoding", "gzip")).Body.Length);

        Assert.InRange(bytes, 1, 72 * 1024);
    }

    /// <summary>Everything that the page loads.</summary>
    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Addresses();

    private static ApiResponse Get(string path, params (string Name, string? Value)[] headers) => ConsoleFiles.Handle(new ApiRequest
    {
        Method = "GET",
        Path = path,
        BaseUri = "http://localhost",
        Header = name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
    });

    private static string Text(ApiResponse response)
    {
        using var body = new MemoryStream(response.Body.ToArray());
        using Stream plain = response.Header("Content-Encoding") switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
