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
    public static ApiResponse List(ApiRequest request, IReadOnlyList<ServedWorkflow> workflows) =>
        EntityTag.Answer(request, ApiResponse.JsonType, JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("workflows");
            foreach (var served in workflows)
                writer.WriteRawValue(served.Export.Description);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));

    /// <summary><c>GET /api/workflows/{collection}</c>.</summary>
    public static ApiResponse Get(ApiRequest request, string collection, IReadOnlyList<ServedWorkflow> workflows)
    {
        var names = workflows.Select(served => served.Workflow.Collection).ToArray();
        var at = Array.FindIndex(names, name => name.Equals(collection, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? workflows[at].Export.Whole(request)
            : Problem.Of(404, $"There is no workflow '{Excerpt.Short(collection)}'. {Nearest.Hint(collection, names)}");
    }
}
