using System.Text.Json;
using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>Reads a body that may hold known properties only, each once.</summary>
public static class SchemaReader
{
    /// <summary>The refusal of a body that is no object at all; null when it is one.</summary>
    /// <param name="body">The body.</param>
    /// <param name="schema">What it should be.</param>
    public static string? NotAnObject(JsonElement body, InputSchema schema) =>
        body.ValueKind == JsonValueKind.Object ? null : $"The body is {SchemaPass.KindOf(body)}. Send a JSON object such as {schema.Example}.";

    /// <summary>
    /// The whole of what a body says: its members in the order of the record, with the defaults of what it leaves out, written as the record
    /// itself would be.
    /// </summary>
    /// <param name="body">A JSON object: see <see cref="NotAnObject"/>.</param>
    /// <param name="schema">What it may hold.</param>
    /// <param name="errors">What is wrong is added here, up to 20 in all.</param>
    /// <returns>Undefined when anything is wrong.</returns>
    public static JsonElement Read(JsonElement body, InputSchema schema, List<FieldError> errors)
    {
        var isWrong = false;
        var json = JsonText.Write(writer =>
        {
            var pass = new SchemaPass(writer, errors);
            pass.Object(body, schema.Properties, "");
            isWrong = pass.IsWrong;
        });
        return isWrong ? default : JsonElement.Parse(json);
    }
}
