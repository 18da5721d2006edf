using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Api;

/// <summary>
/// Where a started instance can be asked and told things: the names and the order of the Durable Functions HTTP contract,
/// no nulls. Every URI leads to the management API.
/// </summary>
/// <param name="Id">The instance id.</param>
/// <param name="StatusQueryGetUri">GET: the status.</param>
public sealed record CheckStatus(string Id, string StatusQueryGetUri)
{
    /// <summary>POST: an external event, named in place of <c>{eventName}</c>.</summary>
    public string SendEventPostUri => Tail("/raiseEvent/{eventName}");

    /// <summary>POST: ends the instance, with a reason in place of <c>{text}</c>.</summary>
    public string TerminatePostUri => Tail("/terminate", Reason);

    /// <summary>POST: takes a failed instance up again.</summary>
    public string RewindPostUri => Tail("/rewind", Reason);

    /// <summary>DELETE: removes an ended instance.</summary>
    public string PurgeHistoryDeleteUri => StatusQueryGetUri;

    /// <summary>POST: starts it anew.</summary>
    public string RestartPostUri => Tail("/restart");

    /// <summary>POST: holds it.</summary>
    public string SuspendPostUri => Tail("/suspend", Reason);

    /// <summary>POST: lets it go on.</summary>
    public string ResumePostUri => Tail("/resume", Reason);

    private const string Reason = "reason={text}";

    /// <summary>202 with this body, its <c>Location</c> and <c>Retry-After</c>, as Durable Functions answers a start.</summary>
    public ApiResponse ToResponse() => Started(Id, StatusQueryGetUri, WriteUris);

    /// <summary>The same with the id alone, for a host that keeps those URIs to itself.</summary>
    /// <param name="id">The instance id.</param>
    /// <param name="location">Where its caller may read on.</param>
    public static ApiResponse WithoutUris(string id, string location) => Started(id, location, _ => { });

    private static ApiResponse Started(string id, string location, Action<Utf8JsonWriter> writeMore)
    {
        var body = JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writeMore(writer);
            writer.WriteEndObject();
        });
        return new ApiResponse(202, ApiResponse.JsonType, body).With("Location", location).With("Retry-After", "10");
    }

    private void WriteUris(Utf8JsonWriter writer)
    {
        writer.WriteString("statusQueryGetUri", StatusQueryGetUri);
        writer.WriteString("sendEventPostUri", SendEventPostUri);
        writer.WriteString("terminatePostUri", TerminatePostUri);
        writer.WriteString("rewindPostUri", RewindPostUri);
        writer.WriteString("purgeHistoryDeleteUri", PurgeHistoryDeleteUri);
        writer.WriteString("restartPostUri", RestartPostUri);
        writer.WriteString("suspendPostUri", SuspendPostUri);
        writer.WriteString("resumePostUri", ResumePostUri);
    }

    /// <summary>Appends to the path of the status URI, and keeps its query (a key, on most hosts) at the end.</summary>
    private string Tail(string path, string query = "")
    {
        var (head, rest) = StatusQueryGetUri.IndexOf('?') is >= 0 and var at
            ? (StatusQueryGetUri[..at], StatusQueryGetUri[(at + 1)..])
            : (StatusQueryGetUri, "");
        var all = string.Join('&', new[] { query, rest }.Where(part => part.Length > 0));
        return head + path + (all.Length > 0 ? "?" + all : "");
    }
}
