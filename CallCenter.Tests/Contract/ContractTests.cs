using System.Net;
using System.Text;
using System.Text.Json;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Contract;

/// <summary>What the contract tests have in common: calls, and waiting for what becomes of them.</summary>
[Collection(ContractTestGroup.Name)]
public abstract class ContractTests(ContractHost host)
{
    protected ContractHost Host { get; } = host;

    protected static string Case(string id) => $"/api/cases/{Uri.EscapeDataString(id)}";

    protected static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    protected static string Quoted(string text) => JsonSerializer.Serialize(text);

    /// <summary>Starts a case under an id of its own, and gives the id.</summary>
    protected async Task<string> StartAsync(string name, string options = "", string caseId = "001")
    {
        var id = Host.NewId(name);
        using var response = await StartAsAsync(id, options, caseId);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return id;
    }

    protected Task<HttpResponseMessage> StartAsAsync(string id, string options = "", string caseId = "001") =>
        Host.Api.PostAsync($"/api/cases?instanceId={Uri.EscapeDataString(id)}", Json($$"""{"inputCaseID":{{Quoted(caseId)}}{{options}}}"""));

    /// <summary>Starts a case that waits for an agent, and waits until it does.</summary>
    protected async Task<string> StartWaitingAsync(string name, string options = "", string caseId = "001")
    {
        var id = await StartAsync(name, ""","workMode":"agent" """ + options, caseId);
        await UntilWaitingAsync(id, attempt: 1);
        return id;
    }

    protected Task<JsonElement> UntilWaitingAsync(string id, int attempt) => UntilAsync(id, body =>
        body.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress
        && progress.GetProperty("waitingFor").GetString() == "CaseWorked" && progress.GetProperty("attempt").GetInt32() == attempt);

    protected Task<JsonElement> UntilStatusAsync(string id, string status) => UntilAsync(id, body => body.GetProperty("runtimeStatus").GetString() == status);

    /// <summary>Reads a case until it is as wanted.</summary>
    protected Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> wanted) => UntilAsync(() => GetAsync(id), wanted);

    protected static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> wanted)
    {
        var value = default(T);
        await Eventually.TrueAsync(async () => wanted(value = await read()), () => $"Not as wanted in time: {value}");
        return value!;
    }

    protected async Task<JsonElement> GetAsync(string id)
    {
        using var response = await Host.Api.GetAsync(Case(id));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await BodyAsync(response);
    }

    protected Task<HttpResponseMessage> AnswerAsync(string id, string body) => Host.Api.PostAsync(Case(id) + "/work", Json(body));

    protected static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Asserts a refusal, and gives its detail.</summary>
    protected static async Task<string> RefusedAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            var problem = await BodyAsync(response);
            Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
            Assert.NotEmpty(problem.GetProperty("title").GetString()!);
            var detail = problem.GetProperty("detail").GetString()!;
            Assert.NotEmpty(detail);
            return detail;
        }
    }

    protected async Task IsNotThereAsync(string id) => await RefusedAsync(await Host.Api.GetAsync(Case(id)), HttpStatusCode.NotFound);
}
