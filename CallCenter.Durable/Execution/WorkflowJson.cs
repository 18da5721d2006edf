using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Durable.Errors;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Execution;

/// <summary>How a workflow's payloads are written: names are the types' own business, and text that is not ASCII stays as it is.</summary>
public sealed class WorkflowJson
{
    private readonly JsonSerializerOptions _options;

    /// <param name="generated">Generated code for the workflow's types; reflection takes the others (in a trimmed program there is none).</param>
    public WorkflowJson(params IJsonTypeInfoResolver[] generated) => _options = Options([.. generated, DurableJson.Default]);

    /// <summary>Generated code for what every workflow publishes.</summary>
    public static IJsonTypeInfoResolver Own => DurableJson.Default;

    /// <summary>How values are read and written.</summary>
    public JsonSerializerOptions SerializerOptions => _options;

    /// <summary>A value as its own type says, whatever the static type is.</summary>
    public JsonElement ToElement(object? value) => JsonText.Element(writer =>
    {
        if (value is null)
            writer.WriteNullValue();
        else
            JsonSerializer.Serialize(writer, value, _options.GetTypeInfo(value.GetType()));
    });

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimming switches reflection off, and leaves that branch out.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Compiling ahead of time switches reflection off, and leaves that branch out.")]
    private static JsonSerializerOptions Options(IJsonTypeInfoResolver[] generated) => new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            JsonSerializer.IsReflectionEnabledByDefault ? [.. generated, new DefaultJsonTypeInfoResolver()] : generated),
    };
}

/// <summary>The JSON of what every workflow publishes, generated when this is built.</summary>
[JsonSerializable(typeof(ErrorDetails))]
[JsonSerializable(typeof(WorkflowStatus))]
internal sealed partial class DurableJson : JsonSerializerContext;
