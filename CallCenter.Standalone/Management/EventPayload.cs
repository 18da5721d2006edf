using System.Text.Json;
using System.Text.Unicode;

namespace CallCenter.Standalone.Management;

/// <summary>What an event may carry: JSON whose texts are texts.</summary>
internal static class EventPayload
{
    /// <summary>A parser lets bytes that are no UTF-8 and half surrogate pairs pass, and whoever reads them later stumbles over them.</summary>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new JsonException("The content is not valid UTF-8.");
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("A string in it contains half a surrogate pair.");
        }
    }
}
