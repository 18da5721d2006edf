using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallCenter.Standalone.Runtime;

/// <summary>How the runtime writes and reads payloads. Names are the types' own business (<c>[JsonPropertyName]</c>).</summary>
internal static class RuntimeJson
{
    /// <summary>Non-ASCII text stays as it is: an emoji is 4 bytes on disk, not 12.</summary>
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly ReadOnlyMemory<byte> Null = "null"u8.ToArray();

    /// <summary>Writes a value as its own type says, whatever the static type is. A <see cref="JsonElement"/> stays as it is.</summary>
    public static byte[] Write(object? value) => JsonSerializer.SerializeToUtf8Bytes(value, value?.GetType() ?? typeof(object), Options);

    public static T? Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<T>(json.Span, Options);
}
