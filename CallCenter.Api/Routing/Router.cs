using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Routing;

/// <summary>Finds the call that a request means. Paths are compared without regard to case and to one slash at the end, as Azure Functions does.</summary>
internal sealed class Router(IReadOnlyList<ApiRoute> routes)
{
    /// <summary>The route, and what stands in the path for the part in braces.</summary>
    /// <exception cref="RefusedException">404 for an unknown path, 405 with <c>Allow</c> for a wrong method.</exception>
    public (ApiRoute Route, string Id) Find(string method, string path)
    {
        var segments = Decode(path);
        var wanted = method == "HEAD" ? "GET" : method;
        var allowed = new List<string>();
        foreach (var route in routes)
        {
            if (!Fits(route.Segments, segments, out var id))
                continue;
            if (route.Method == wanted)
                return (route, id);
            allowed.Add(route.Method);
        }
        throw new RefusedException(allowed.Count == 0 ? NotFound(path) : NotAllowed(method, path, allowed));
    }

    /// <summary>The route alone; null when there is none.</summary>
    public ApiRoute? TryFind(string method, string path)
    {
        var (segments, wanted) = (Decode(path), method == "HEAD" ? "GET" : method);
        return routes.FirstOrDefault(route => route.Method == wanted && Fits(route.Segments, segments, out _));
    }

    private static string[] Decode(string path)
    {
        if (path.Length > 1 && path.EndsWith('/'))
            path = path[..^1];
        var segments = path.Split('/')[1..];
        for (var i = 0; i < segments.Length; i++)
            segments[i] = Uri.UnescapeDataString(segments[i]);
        return segments;
    }

    private static bool Fits(string[] template, string[] segments, out string id)
    {
        id = "";
        if (template.Length != segments.Length)
            return false;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i].StartsWith('{'))
                id = segments[i];
            else if (!template[i].Equals(segments[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    private static ApiResponse NotFound(string path) =>
        Problem.Of(404, $"There is nothing at {Excerpt.Short(path)}. The paths of this API are listed in /openapi.json.");

    private static ApiResponse NotAllowed(string method, string path, List<string> allowed)
    {
        if (allowed.Contains("GET"))
            allowed.Add("HEAD");
        var methods = string.Join(", ", allowed);
        return Problem.Of(405, $"{Excerpt.Short(path)} does not accept {Excerpt.Short(method)}. It accepts: {methods}.").With("Allow", methods);
    }
}
