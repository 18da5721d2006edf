using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Crash;

/// <summary>Reads an ended case through both HTTP APIs and holds what they show to the tutorial.</summary>
internal static class CaseAudit
{
    private const string Management = "/runtime/webhooks/durabletask/instances/";

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["AssignCase"] = ["assigned..."],
        ["WorkOnCase"] = ["resolved...", "unresolved..."],
        ["CloseCase"] = ["closed."],
        ["EscalateCase"] = ["escalating."],
    };

    /// <summary>The body of a case.</summary>
    public static async Task<JsonElement> CaseAsync(this HttpClient http, string id)
    {
        using var response = await http.GetAsync(new Uri($"/api/cases/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    public static bool HasEnded(this JsonElement state) => state.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed" or "Terminated";

    /// <summary>The case has ended once, every step is recorded once, and the messages are the tutorial's.</summary>
    /// <returns>Its activities, in order.</returns>
    public static async Task<string[]> AuditAsync(this HttpClient http, string id)
    {
        var state = await http.CaseAsync(id);
        using var response = await http.GetAsync(new Uri($"{Management}{id}?showHistory=true&showHistoryOutput=true", UriKind.Relative));
        var history = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("historyEvents").EnumerateArray().ToList();

        Assert.True(state.HasEnded(), $"{id} has not ended: {state}");
        Assert.Equal("ExecutionStarted", Type(history[0]));
        Assert.Equal("ExecutionCompleted", Type(history[^1]));
        Assert.Single(history, item => Type(item) == "ExecutionStarted");
        Assert.Single(history, item => Type(item) == "ExecutionCompleted");
        var message = Follow(history, state.GetProperty("input").GetProperty("inputCaseID").GetString()!);
        Assert.Equal(message, state.GetProperty("progress").GetProperty("case").GetProperty("Message").GetString());
        Assert.Equal(message.EndsWith("closed.", StringComparison.Ordinal) ? "Completed" : "Failed", state.GetProperty("runtimeStatus").GetString());
        if (state.GetProperty("runtimeStatus").GetString() == "Completed")
            Assert.Equal(message, state.GetProperty("output").GetProperty("Message").GetString());
        else
            Assert.Equal("Engage Tier 2 Support.", state.GetProperty("error").GetProperty("message").GetString());
        return [.. history.Where(item => Type(item) == "TaskCompleted").Select(Name)];
    }

    /// <summary>Each recorded result adds its word to the one before: none is missing, none is there twice, none has changed.</summary>
    private static string Follow(List<JsonElement> history, string caseId)
    {
        var (message, retries) = ("", 0);
        foreach (var item in history)
        {
            retries += Type(item) == "TimerCreated" ? 1 : 0;
            // A timer that was not made for a retry is an agent's deadline.
            if (Type(item) == "TimerFired" && --retries < 0)
                (message, retries) = (message + "unresolved...", 0);
            if (Type(item) == "EventRaised")
                message += JsonElement.Parse(item.GetProperty("Input").GetString()!).GetProperty("resolved").GetBoolean() ? "resolved..." : "unresolved...";
            if (Type(item) != "TaskCompleted")
                continue;
            var result = item.GetProperty("Result").GetProperty("Message").GetString()!;
            if (Name(item) == "OpenCase")
                Assert.Equal(("", $"Case {caseId}: opened..."), (message, result));
            else
                Assert.Contains(result, Words[Name(item)].Select(word => message + word));
            message = result;
        }
        return message;
    }

    private static string Type(JsonElement item) => item.GetProperty("EventType").GetString()!;

    private static string Name(JsonElement item) => item.GetProperty("FunctionName").GetString()!;
}
