using CallCenter.Api.Http;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Workflows;

/// <summary>The calls that read the workflows.</summary>
internal static class WorkflowCalls
{
    /// <summary><c>GET /api/workflow</c>: the definition of the first.</summary>
    public static ApiResponse First(ApiRequest request, IReadOnlyList<ServedWorkflow> workflows) => workflows[0].Export.Definition(request);

    /// <summary><c>GET /api/workflows</c>.</summary>
    public static ApiResponse List(ApiRequest request, ApiOptions options) =>
        EntityTag.Answer(request, ApiResponse.JsonType, JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("workflows");
            foreach (var served in options.Workflows)
                served.Export.Describe(writer, options.List);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));

    /// <summary><c>GET /api/workflows/{collection}</c>.</summary>
    public static ApiResponse Get(ApiRequest request, string collection, ApiOptions options)
    {
        var names = options.Workflows.Select(served => served.Workflow.Collection).ToArray();
        var at = Array.FindIndex(names, name => name.Equals(collection, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? options.Workflows[at].Export.Whole(request, options.List)
            : Problem.Of(404, $"There is no workflow '{Excerpt.Short(collection)}'. {Nearest.Hint(collection, names)}");
    }
}
