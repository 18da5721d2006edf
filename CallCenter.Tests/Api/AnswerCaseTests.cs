using CallCenter.Workflow;

namespace CallCenter.Tests.Api;

public sealed class AnswerCaseTests
{
    private readonly ApiHarness _api = new();

    private const string Waiting = """{"state":"Work on Case","attempt":2,"waitingFor":"CaseWorked","deadline":"2026-01-31T09:00:00Z","case":null,"error":null,"steps":[]}""";

    [Fact]
    public async Task Answer_Waiting_RaisesTheEventWithItsAttempt()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });

        var response = await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"agent":"Ada","note":""}""");

        Assert.Equal(202, response.Status);
        Assert.True(response.Body.IsEmpty);
        Assert.Equal(("a", CaseWorked.EventName, new CaseWorked { Resolved = true, Attempt = 2, Agent = "Ada" }), Assert.Single(_api.Client.Raised));
    }

    [Theory]
    [InlineData("{}", "'resolved' is missing")]
    [InlineData("{\"resolved\":1}", "true or false, not a number")]
    [InlineData("{\"resolved\":true,\"atempt\":1}", "Did you mean 'attempt'?")]
    [InlineData("{\"resolved\":true,\"attempt\":0}", "from 1 to 20")]
    [InlineData("{\"resolved\":true,\"agent\":7}", "must be a string")]
    [InlineData("{\"resolved\":true,\"resolved\":false}", "given twice")]
    [InlineData("resolved", "not JSON")]
    public async Task Answer_WrongBody_SaysWhatAndRaisesNothing(string body, string said)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });

        Assert.Contains(said, (await _api.PostAsync("/api/cases/a/work", body)).Refuses(400), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Raised);
    }

    [Theory]
    [InlineData("agent", CaseLimits.AgentLength)]
    [InlineData("note", CaseLimits.NoteLength)]
    public async Task Answer_LongText_IsTakenUpToItsLimit(string name, int limit)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });

        Assert.Equal(202, (await _api.PostAsync("/api/cases/a/work", $$"""{"resolved":true,"{{name}}":"{{new string('x', limit)}}"}""")).Status);
        Assert.Contains($"at most {limit}", (await _api.PostAsync("/api/cases/a/work", $$"""{"resolved":true,"{{name}}":"{{new string('x', limit + 1)}}"}""")).Refuses(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OtherAttempt_SaysWhichItWaitsIn()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });

        Assert.Contains("waits in attempt 2", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"attempt":1}""")).Refuses(409), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Raised);
    }

    [Theory]
    [InlineData(null, "no state yet")]
    [InlineData("""{"state":"Open Case","attempt":1,"waitingFor":null,"steps":[]}""", "'Open Case'")]
    [InlineData("\"something else\"", "no state yet")]
    public async Task Answer_NotWaiting_SaysWhereTheCaseIs(string? progress, string said)
    {
        _api.Client.Add("a", state => state with { CustomStatus = progress });

        Assert.Contains(said, (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(409), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Answer_Ended_IsGone(OrchestrationRuntimeStatus status)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting, RuntimeStatus = status });

        Assert.Contains($"{status}", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(410), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrchestrationAnswer.NotFound, 404)]
    [InlineData(OrchestrationAnswer.Ended, 410)]
    [InlineData(OrchestrationAnswer.WrongState, 409)]
    public async Task Answer_CaseMovesMeanwhile_SaysSo(OrchestrationAnswer answer, int status)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.Answer = answer;

        (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(status);
    }

    [Fact]
    public async Task Answer_UnknownCase_IsNotFound() => (await _api.PostAsync("/api/cases/none/work", """{"resolved":true}""")).Refuses(404);
}
