using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Runtime;

namespace CallCenter.Tests.Crash;

/// <summary>What the crash tests ask of the contract.</summary>
internal static class CaseCalls
{
    /// <summary>Starts a case under an id of our own, so that one who got no answer may ask again: 409 means that it is there.</summary>
    public static Task<HttpStatusCode> StartAsync(this HttpClient http, CaseKind kind, string id) => http.StartAsync(kind.Input(), id);

    public static async Task<HttpStatusCode> StartAsync(this HttpClient http, object input, string id)
    {
        using var response = await http.PostAsJsonAsync(new Uri($"/api/cases?instanceId={id}", UriKind.Relative), input);
        return response.StatusCode;
    }

    /// <summary>Sees a case to its end, and answers it where it waits for an agent.</summary>
    public static Task DriveAsync(this HttpClient http, string id) => Eventually.TrueAsync(async () =>
    {
        var state = await http.CaseAsync(id);
        if (state.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress
            && progress.GetProperty("waitingFor").GetString() is not null
            && state.GetProperty("input").GetProperty("agentDeadlineSeconds").GetInt32() > 1)
            await http.AnswerAsync(id);
        return state.HasEnded();
    });

    /// <summary>Resolves a case that waits for an agent. An answer that comes twice is refused.</summary>
    public static async Task AnswerAsync(this HttpClient http, string id)
    {
        using var response = await http.PostAsJsonAsync(new Uri($"/api/cases/{id}/work", UriKind.Relative), new { resolved = true, attempt = 1 });
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Gone });
    }
}
