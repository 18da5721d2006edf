using System.Text;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Instances;
using CallCenter.Durable.Definition;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Workflows;

/// <summary>A workflow as data: <c>GET /api/workflow</c>, <c>GET /api/workflows</c> and <c>GET /api/workflows/{collection}</c>.</summary>
internal sealed class WorkflowExport
{
    private const string Json = "json";

    private readonly Dictionary<string, (string ContentType, byte[] Body)> _formats;
    private readonly ServedWorkflow _served;

    public WorkflowExport(ServedWorkflow served, AmazonStatesLanguageOptions aws)
    {
        _served = served;
        var definition = served.Workflow.Definition;
        StatesLanguage = AmazonStatesLanguage.Export(definition, aws);
        _formats = new(StringComparer.OrdinalIgnoreCase)
        {
            [Json] = (ApiResponse.JsonType, JsonSerializer.SerializeToUtf8Bytes(definition, DefinitionJson.Default.WorkflowDefinition)),
            ["asl"] = (ApiResponse.JsonType, Encoding.UTF8.GetBytes(StatesLanguage)),
            // Not text/vnd.mermaid: a browser shows plain text, and offers anything else for download.
            ["mermaid"] = (ApiResponse.TextType, Encoding.UTF8.GetBytes(Mermaid.Export(definition))),
        };
    }

    /// <summary>The definition in Amazon States Language.</summary>
    public string StatesLanguage { get; }

    /// <summary>The definition alone, in the format wanted.</summary>
    public ApiResponse Definition(ApiRequest request) => Answer(request, _formats[Json].Body);

    /// <summary>The whole description, or the definition in another format.</summary>
    public ApiResponse Whole(ApiRequest request, ListCapabilities list) => Answer(request, JsonText.Write(writer => Describe(writer, list)));

    /// <summary>Writes everything that a page has to know to show the workflow, start it, answer it and list it.</summary>
    public void Describe(Utf8JsonWriter writer, ListCapabilities list)
    {
        var workflow = _served.Workflow;
        writer.WriteStartObject();
        writer.WriteString("name", workflow.Name);
        writer.WriteString("collection", workflow.Collection);
        writer.WriteString("item", workflow.Item);
        writer.WritePropertyName("key");
        if (workflow.Key is { } key)
        {
            writer.WriteStartObject();
            writer.WriteString("name", key.Name);
            writer.WriteString("title", key.Title);
            writer.WriteString("input", key.InputMember);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }
        writer.WritePropertyName("input");
        _served.Input.Json.WriteTo(writer);
        writer.WriteStartArray("events");
        foreach (var expected in _served.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("name", expected.Definition.Name);
            writer.WriteString("path", expected.Definition.Path);
            writer.WriteString("from", expected.Definition.From);
            writer.WriteString("by", expected.Definition.By);
            writer.WriteString("noAnswer", expected.Definition.NoAnswer);
            writer.WriteString("state", expected.States is [var first, ..] ? first : null);
            writer.WritePropertyName("schema");
            expected.Schema.Json.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        list.Write(writer, "list");
        writer.WritePropertyName("definition");
        writer.WriteRawValue(_formats[Json].Body);
        writer.WriteEndObject();
    }

    private ApiResponse Answer(ApiRequest request, byte[] json)
    {
        var name = new QueryString(request.Query).FirstFilled("format") ?? Json;
        if (!_formats.TryGetValue(name, out var format))
            return Problem.BadRequest([new("format", $"'{Excerpt.Short(name)}' is not a format. {Nearest.Hint(name, _formats.Keys)}")]);
        return EntityTag.Answer(request, format.ContentType, name.Equals(Json, StringComparison.OrdinalIgnoreCase) ? json : format.Body);
    }
}
