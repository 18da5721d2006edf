using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Api.Http;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Host;

/// <summary><c>GET /api/workflow</c>: the process as data, in the notation wanted.</summary>
internal static class WorkflowExport
{
    private static readonly Dictionary<string, (string ContentType, byte[] Body)> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["json"] = (ApiResponse.JsonType, JsonSerializer.SerializeToUtf8Bytes(CallCenterDefinition.Definition, WorkflowJson.Default.WorkflowDefinition)),
        ["asl"] = (ApiResponse.JsonType, Encoding.UTF8.GetBytes(AmazonStatesLanguage.Export(CallCenterDefinition.Definition))),
        // Not text/vnd.mermaid: a browser shows plain text, and offers anything else for download.
        ["mermaid"] = (ApiResponse.TextType, Encoding.UTF8.GetBytes(Mermaid.Export(CallCenterDefinition.Definition))),
    };

    public static ApiResponse Get(ApiRequest request)
    {
        var name = new QueryString(request.Query).FirstFilled("format") ?? "json";
        return Formats.TryGetValue(name, out var format)
            ? EntityTag.Answer(request, format.ContentType, format.Body)
            : Problem.BadRequest([new("format", $"'{Excerpt.Short(name)}' is not a format. {Nearest.Hint(name, Formats.Keys)}")]);
    }
}

/// <summary>The JSON of a definition, generated when this is built.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkflowDefinition))]
internal sealed partial class WorkflowJson : JsonSerializerContext;
