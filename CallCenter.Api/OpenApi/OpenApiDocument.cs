using System.Text.Json.Nodes;
using CallCenter.Api.Routing;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Text;

namespace CallCenter.Api.OpenApi;

/// <summary>
/// The contract as an OpenAPI 3.1 document: what every host has (<c>host.json</c>), and for every workflow <c>collection.json</c>, its
/// events and, where the host keeps them, its <c>figures.json</c>. The tests hold it to <see cref="ApiRoutes"/> and to the answers.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>The document, UTF-8 JSON.</summary>
    /// <param name="workflows">What the host serves.</param>
    /// <param name="figures">Whether it keeps figures.</param>
    public static byte[] Of(IReadOnlyList<ServedWorkflow> workflows, bool figures = false)
    {
        var document = OpenApiTemplate.Fill("host.json", new());
        var (tags, paths, schemas) = (new JsonArray(), new JsonObject(), new JsonObject());
        foreach (var part in workflows.SelectMany(served => OpenApiCollection.Of(served, workflows, figures)))
        {
            if (part["tag"] is { } tag)
                tags.Add(tag.DeepClone());
            Append(paths, part["paths"]!);
            Append(schemas, part["schemas"]!);
        }
        foreach (var tag in document["tags"]!.AsArray())
            tags.Add(tag!.DeepClone());
        Append(paths, document["paths"]!);
        Append(document["components"]!["schemas"]!.AsObject(), schemas);
        (document["tags"], document["paths"]) = (tags, paths);
        return JsonText.Write(writer => document.WriteTo(writer));
    }

    private static void Append(JsonObject to, JsonNode more)
    {
        foreach (var (name, node) in more.AsObject())
            to[name] = node?.DeepClone();
    }
}
