using System.Text.Json;

namespace CallCenter.Functions.Tests.Build;

/// <summary>A function of the built app, as the host reads it from <c>functions.metadata</c>.</summary>
internal sealed class AppFunction(JsonElement metadata)
{
    /// <summary>All of them, in the order in which the host tries their routes.</summary>
    public static IReadOnlyList<AppFunction> All { get; } = [.. AppBuild.Json(AppBuild.Output, "functions.metadata").EnumerateArray()
        .Select(function => new AppFunction(function)).OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];

    public string Name { get; } = metadata.GetProperty("name").GetString()!;

    /// <summary>The HTTP methods that it takes; null for all.</summary>
    public string[]? Methods => Http.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(method => method.GetString()!)] : null;

    public string Route => Http.GetProperty("route").GetString()!;

    public string Level => Http.GetProperty("authLevel").GetString()!;

    private JsonElement Http => Binding("httpTrigger")!.Value;

    /// <summary>The function that a request comes to: the first whose route and methods fit.</summary>
    public static AppFunction? Answering(string method, string path) => All.FirstOrDefault(function => function.Takes(method, path));

    public static IEnumerable<AppFunction> With(string binding) => All.Where(function => function.Binding(binding) is not null);

    public JsonElement? Binding(string type) =>
        metadata.GetProperty("bindings").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(binding => binding!.Value.GetProperty("type").GetString() == type);

    private bool Takes(string method, string path)
    {
        if (Binding("httpTrigger") is null || Methods?.Contains(method, StringComparer.OrdinalIgnoreCase) == false)
            return false;
        var (route, parts) = (Route.Split('/'), path.TrimStart('/').Split('/'));
        var rest = route[^1].StartsWith("{*", StringComparison.Ordinal);
        return (rest ? parts.Length >= route.Length - 1 : parts.Length == route.Length)
            && route.Zip(parts).All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
