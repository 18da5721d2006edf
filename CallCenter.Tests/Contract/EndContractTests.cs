using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>Ending a case from outside, and removing it.</summary>
public sealed class EndContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Terminate_RunningCase_EndsItWithTheReason()
    {
        var id = await StartWaitingAsync("terminate");

        using (var response = await Host.Api.PostAsync(Case(id) + "/terminate?reason=" + Uri.EscapeDataString("no longer \"needed\" ü"), null))
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        var body = await UntilStatusAsync(id, "Terminated");
        Assert.Equal("no longer \"needed\" ü", body.GetProperty("output").GetString());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("error").ValueKind);
        await RefusedAsync(await Host.Api.PostAsync(Case(id) + "/terminate", null), HttpStatusCode.Gone);
        await RefusedAsync(await AnswerAsync(id, """{"resolved":true}"""), HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Terminate_UnknownCase_IsNotFound() =>
        await RefusedAsync(await Host.Api.PostAsync(Case(Host.NewId("none")) + "/terminate", null), HttpStatusCode.NotFound);

    [Fact]
    public async Task Delete_Case_NeedsItsEnd()
    {
        var id = await StartWaitingAsync("delete");
        Assert.Contains("Running", await RefusedAsync(await Host.Api.DeleteAsync(Case(id)), HttpStatusCode.Conflict), StringComparison.Ordinal);
        (await AnswerAsync(id, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(id, "Completed");

        using (var response = await Host.Api.DeleteAsync(Case(id)))
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);

        await IsNotThereAsync(id);
        await RefusedAsync(await Host.Api.DeleteAsync(Case(id)), HttpStatusCode.NotFound);
        using var again = await StartAsAsync(id);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }
}
