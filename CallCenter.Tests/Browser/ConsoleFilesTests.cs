using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CallCenter.Api.Console;
using CallCenter.Api.Http;

namespace CallCenter.Tests.Browser;

/// <summary>The console's files as a host serves them, without a browser.</summary>
public sealed partial class ConsoleFilesTests
{
    private static readonly string[] Names =
        [.. typeof(ConsoleFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("console/", StringComparison.Ordinal)).Select(name => name.Replace('\\', '/'))];

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
        var response = Get("/console/css/base.css", ("Accept-Encoding", accepted));

        Assert.Equal(expected, response.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", response.Header("Vary"));
        Assert.Contains("--bg", Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public void Handle_EveryForm_HasATagOfItsOwn() =>
        Assert.Equal(3, new[] { "br", "gzip", "identity" }.Select(form => Get("/console/css/base.css", ("Accept-Encoding", form)).Header("ETag")).Distinct().Count());

    [Fact]
    public void Handle_EveryFile_IsGuardedByAStrictPolicy()
    {
        foreach (var name in Names)
        {
            var policy = Get("/" + name).Header("Content-Security-Policy");
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Get("/" + name).Header("X-Content-Type-Options"));
        }
    }

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("https://example.com/a/prefix")]
    public void Files_All_NameAddressesOfTheConsoleAloneWhereverItIs(string prefix)
    {
        foreach (var name in Names)
        {
            // The page itself is /console, beside the folder of its files.
            var own = new Uri($"{prefix}/{(name == "console/index.html" ? "console" : name)}");
            foreach (Match address in Addresses().Matches(Text(Get(name == "console/index.html" ? "/console" : "/" + name))))
            {
                var to = new Uri(own, address.Groups[1].Value).AbsoluteUri;
                Assert.True(to.StartsWith($"{own}#", StringComparison.Ordinal) || Names.Any(file => to == $"{prefix}/{file}"), $"{name} refers to {address.Groups[1].Value}");
            }
        }
    }

    [Fact]
    public void Page_Modules_AreAllPreloaded()
    {
        var page = Text(Get("/console"));

        foreach (var module in Names.Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
            Assert.Contains($"\"{module}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_AllTogether_TakeLessThan100KiBOnTheWire()
    {
        var bytes = Names.Sum(name => Get("/" + name, ("Accept-Encoding", "gzip")).Body.Length);

        Assert.InRange(bytes, 1, 100 * 1024);
    }

    /// <summary>Everything that loads something: attributes, imports, and url() in style sheets.</summary>
    [GeneratedRegex("""(?:src=|href=|\bfrom |\bimport )["']([^"']+)["']""")]
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
