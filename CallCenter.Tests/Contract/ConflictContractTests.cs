using System.Net;

namespace CallCenter.Tests.Contract;

/// <summary>A start that names its instance id can be sent again without harm.</summary>
public sealed class ConflictContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Start_RunningId_ConflictsAndChangesNothing()
    {
        var id = await StartWaitingAsync("conflict");

        Assert.Contains(id, await RefusedAsync(await StartAsAsync(id, caseId: "002"), HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Equal("001", (await GetAsync(id)).GetProperty("caseId").GetString());
    }

    [Fact]
    public async Task Start_EndedId_ConflictsAndChangesNothing()
    {
        var id = await StartWaitingAsync("conflict");
        (await AnswerAsync(id, """{"resolved":true}""")).Dispose();
        var ended = await UntilStatusAsync(id, "Completed");

        await RefusedAsync(await StartAsAsync(id, caseId: "002"), HttpStatusCode.Conflict);
        Assert.Equal(ended.GetRawText(), (await GetAsync(id)).GetRawText());
    }

    [Fact]
    public async Task Start_SameIdAtOnce_StartsOneAndTellsTheOthers()
    {
        var id = Host.NewId("race");

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => StartAsAsync(id, ""","workMode":"agent" """, $"racer {i}")));

        var winner = Assert.Single(Enumerable.Range(0, 8), i => responses[i].StatusCode == HttpStatusCode.Accepted);
        Assert.All(responses.Where((_, i) => i != winner), response => Assert.Equal(HttpStatusCode.Conflict, response.StatusCode));
        Assert.Equal($"racer {winner}", (await GetAsync(id)).GetProperty("caseId").GetString());
        foreach (var response in responses)
            response.Dispose();
    }
}
