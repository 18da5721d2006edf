using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>Every URI of the check-status body, called as it was given.</summary>
public sealed class CheckStatusContractTests(ContractHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("")]
    [InlineData(" Ünï \"q\"")]
    public async Task CheckStatus_EveryUri_Works(string tail)
    {
        var id = Host.NewId("uris") + tail;
        using var start = await StartAsAsync(id, ""","workMode":"agent" """);
        var uris = (await BodyAsync(start)).EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
        await UntilWaitingAsync(id, attempt: 1);

        await CallAsync(HttpMethod.Get, uris["statusQueryGetUri"], HttpStatusCode.Accepted);
        await CallAsync(HttpMethod.Post, Filled(uris["suspendPostUri"]), HttpStatusCode.Accepted);
        await UntilStatusAsync(id, "Suspended");
        await CallAsync(HttpMethod.Post, Filled(uris["resumePostUri"]), HttpStatusCode.Accepted);
        await UntilStatusAsync(id, "Running");
        // Only what has failed can be rewound. (Older Functions hosts say 410.)
        await CallAsync(HttpMethod.Post, Filled(uris["rewindPostUri"]), HttpStatusCode.PreconditionFailed, HttpStatusCode.Gone);
        await CallAsync(HttpMethod.Post, uris["sendEventPostUri"].Replace("{eventName}", "CaseWorked", StringComparison.Ordinal), """{"resolved":true,"attempt":1}""", HttpStatusCode.Accepted);
        await UntilStatusAsync(id, "Completed");

        var status = await CallAsync(HttpMethod.Get, uris["statusQueryGetUri"], HttpStatusCode.OK);
        Assert.Equal("resolved...closed.", status.GetProperty("output").GetProperty("Message").GetString()![^18..]);
        var restarted = await CallAsync(HttpMethod.Post, uris["restartPostUri"], HttpStatusCode.Accepted);
        await CallAsync(HttpMethod.Delete, uris["purgeHistoryDeleteUri"], HttpStatusCode.OK);
        await IsNotThereAsync(id);

        var other = restarted.GetProperty("id").GetString()!;
        Assert.NotEqual(id, other);
        await UntilWaitingAsync(other, attempt: 1);
        await CallAsync(HttpMethod.Post, Filled(restarted.GetProperty("terminatePostUri").GetString()!), HttpStatusCode.Accepted);
        await UntilStatusAsync(other, "Terminated");
    }

    private static string Filled(string uri) => uri.Replace("{text}", "a%20reason", StringComparison.Ordinal);

    private Task<JsonElement> CallAsync(HttpMethod method, string uri, params HttpStatusCode[] statuses) => CallAsync(method, uri, null, statuses);

    private async Task<JsonElement> CallAsync(HttpMethod method, string uri, string? body, params HttpStatusCode[] statuses)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : Json(body) };
        using var response = await Host.Given.SendAsync(request);
        Assert.Contains(response.StatusCode, statuses);
        var text = await response.Content.ReadAsStringAsync();
        return text.StartsWith('{') ? await BodyAsync(response) : default;
    }
}
