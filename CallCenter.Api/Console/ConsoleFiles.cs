using System.Security.Cryptography;
using System.Text;
using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Console;

/// <summary>
/// Serves the console at <c>/console</c>, for every host. Its files hold no data and are open to everybody; what they show
/// they ask of the HTTP contract, with the caller's own key.
/// </summary>
public static class ConsoleFiles
{
    /// <summary>
    /// Nothing but the console's own files and the contract beside them. Trusted Types are switched on and none is ever made,
    /// so the browser itself sees to it that no text becomes markup.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Root = "/console";
    private const string Page = "index.html";

    /// <summary>In the order in which they take effect.</summary>
    private static readonly string[] Styles = ["base", "controls", "list", "table", "inbox", "bulk", "instance", "graph", "figures", "timeline", "record"];

    private static readonly Lazy<Dictionary<string, ConsoleFile>> Files = new(Read);

    /// <summary>True for <c>/console</c> and everything under it.</summary>
    /// <param name="path">The path, as it was sent.</param>
    public static bool Owns(string path) =>
        path.Equals(Root, StringComparison.OrdinalIgnoreCase) || path.StartsWith(Root + "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers a request for a path that is the console's (<see cref="Owns"/>). Routes within the page are behind its <c>#</c>.</summary>
    public static ApiResponse Handle(ApiRequest request)
    {
        var response = Find(request).With("Content-Security-Policy", ContentSecurityPolicy);
        return request.Method == "HEAD" ? response.WithoutBody() : response;
    }

    private static ApiResponse Find(ApiRequest request)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return Problem.Of(405, $"{Excerpt.Short(request.Path)} does not accept {Excerpt.Short(request.Method)}. It accepts: GET, HEAD.")
                .With("Allow", "GET, HEAD");
        }
        var name = request.Path[Root.Length..];
        // The page's links count from /console, so that it works under any prefix that a proxy puts before it.
        if (name is "/" or "/" + Page)
            return new ApiResponse(307).With("Location", ".." + Root);
        if (!Files.Value.TryGetValue(name.Length == 0 ? Page : name[1..], out var file))
            return Problem.Of(404, $"There is nothing at {Excerpt.Short(request.Path)}. The console is at {Root}.");

        var (encoding, tag, body) = file.For(request.Header("Accept-Encoding"));
        var response = EntityTag.IsKnown(request, tag)
            ? new ApiResponse(304)
            : new ApiResponse(200, file.ContentType, body);
        if (encoding != "identity" && response.Status == 200)
            response.With("Content-Encoding", encoding);
        return response.With("ETag", tag).With("Cache-Control", file.CacheControl).With("Vary", "Accept-Encoding");
    }

    private static Dictionary<string, ConsoleFile> Read()
    {
        var sources = ConsoleSources.Read();
        var files = new Dictionary<string, ConsoleFile>(StringComparer.Ordinal);
        var page = sources[Page];
        foreach (var (name, content) in Joined(sources))
        {
            var bytes = Encoding.UTF8.GetBytes(content);
            var (stem, type) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
            // Another content is another address: what a browser has of this one is good for ever.
            var address = $"{stem}-{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}{type}";
            page = page.Replace($"\"console/{name}\"", $"\"console/{address}\"", StringComparison.Ordinal);
            files.Add(address, new ConsoleFile(type, bytes, "public, max-age=31536000, immutable"));
        }
        // Asked for again each time, so that a new version of the program shows at once; a 304 costs next to nothing.
        files.Add(Page, new ConsoleFile(".html", Encoding.UTF8.GetBytes(page), "no-cache"));
        return files;
    }

    private static IEnumerable<(string Name, string Content)> Joined(IReadOnlyDictionary<string, string> sources) =>
    [
        ("console.css", string.Concat(Styles.Select(name => sources[$"css/{name}.css"]))),
        ("early.js", new ModuleJoiner(sources).Join("js/early.js")),
        ("console.js", new ModuleJoiner(sources).Join("js/main.js")),
        ("icon.svg", sources["icon.svg"]),
    ];
}
