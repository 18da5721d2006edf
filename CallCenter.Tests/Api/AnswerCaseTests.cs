using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

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
        var (id, name, answer) = Assert.Single(_api.Client.Raised);
        Assert.Equal(("a", CaseWorked.Event.Name, new CaseWorked { Resolved = true, Attempt = 2, Agent = "Ada" }), (id, name, answer with { AnswerId = null }));
        Assert.InRange(answer.AnswerId!.Length, 8, CaseWorked.AnswerIdLength);
    }

    [Theory]
    [InlineData("Kim", null, true, "was answered by Kim: resolved")]
    [InlineData("Kim", "other", false, "was answered by Kim: not resolved")]
    [InlineData(null, "other", true, "somebody without a name")]
    [InlineData(null, null, false, "somebody without a name")]
    public async Task Answer_AnotherWasTaken_SaysWhose(string? agent, string? answerId, bool resolved, string said)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.OnRaised = (id, answer) => _api.Client.Take(id, answer with { Agent = agent, AnswerId = answerId, Resolved = resolved });

        Assert.Contains(said, (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(409), StringComparison.Ordinal);
        Assert.Contains(said, (await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"attempt":2}""")).Refuses(409), StringComparison.Ordinal);
        Assert.Single(_api.Client.Raised);
    }

    [Fact]
    public async Task Answer_DeadlineCameFirst_SaysSo()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting.Replace("09:00:00Z", "08:45:00Z", StringComparison.Ordinal) });
        _api.Client.OnRaised = (id, answer) => _api.Client.Take(id, answer with { AnswerId = null, Agent = null, Resolved = false });

        Assert.Contains("no answer in time", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(409), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_AttemptThatNobodyAnswered_SaysSo()
    {
        _api.Client.Add("a", state => state with
        {
            CustomStatus = """
                {"state":"Work on Case","attempt":3,"waitingFor":"CaseWorked","deadline":"2026-01-31T09:00:00Z","steps":[
                {"state":"Work on Case","startedAt":"2026-01-31T08:30:00Z","endedAt":"2026-01-31T08:45:00Z","attempt":2,"changed":{"Status":0},"timedOut":true}]}
                """,
        });

        Assert.Contains("Attempt 2 had no answer in time", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"attempt":2}""")).Refuses(409), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_CaseEndsMeanwhile_IsGone()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.OnRaised = (id, _) => _api.Client.Instances[id] = _api.Client.Instances[id] with { RuntimeStatus = OrchestrationRuntimeStatus.Terminated };

        (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(410);
    }

    [Fact]
    public async Task Answer_TakenAfterAWhile_IsWaitedFor()
    {
        var clock = new ImpatientClock();
        _api.Options = _api.Options with { Clock = clock };
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.OnRaised = (id, answer) => clock.After(TimeSpan.FromSeconds(3), () => _api.Client.Take(id, answer));

        Assert.Equal(202, (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Status);
    }

    [Fact]
    public async Task Answer_NeverTaken_IsNotKnownInTime()
    {
        _api.Options = _api.Options with { Clock = new ImpatientClock() };
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.OnRaised = (_, _) => { };

        var response = await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""");

        Assert.Contains("Read the case before you answer again", response.Refuses(503), StringComparison.Ordinal);
        Assert.Equal("5", response.Header("Retry-After"));
    }

    [Fact]
    public async Task Answer_Suspended_IsRefusedBeforeAnythingIsSent()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting, RuntimeStatus = OrchestrationRuntimeStatus.Suspended });

        Assert.Contains("is suspended: resume it first", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(409), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Raised);
    }

    [Fact]
    public async Task Answer_SuspendedMeanwhile_IsNotKnown()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        _api.Client.OnRaised = (id, _) => _api.Client.Instances[id] = _api.Client.Instances[id] with { RuntimeStatus = OrchestrationRuntimeStatus.Suspended };

        Assert.Contains("suspended", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""")).Refuses(503), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnsweredCase_ShowsNoAnswerId()
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });
        await _api.PostAsync("/api/cases/a/work", """{"resolved":true}""");

        var step = (await _api.GetAsync("/api/cases/a")).Json().GetProperty("progress").GetProperty("steps")[0];

        Assert.False(step.TryGetProperty("answerId", out _));
    }

    [Theory]
    [InlineData("agent", "a\\nb", "control character (U+000A)")]
    [InlineData("agent", "\\u202Eevil", "U+202E")]
    [InlineData("note", "a\\u001b[31m", "control character (U+001B)")]
    [InlineData("note", "\\u200B", "U+200B")]
    public async Task Answer_InvisibleText_IsRefused(string name, string text, string said)
    {
        _api.Client.Add("a", state => state with { CustomStatus = Waiting });

        Assert.Contains(said, (await _api.PostAsync("/api/cases/a/work", $$"""{"resolved":true,"{{name}}":"{{text}}"}""")).Refuses(400), StringComparison.Ordinal);
        Assert.Equal(202, (await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"note":"two\nlines\t👩‍🚀"}""")).Status);
    }

    /// <summary>Time passes as fast as anybody waits for it.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        private readonly List<(long At, Action Act)> _due = [];
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void After(TimeSpan wait, Action act) => _due.Add((_ticks + wait.Ticks, act));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ticks += dueTime.Ticks;
            foreach (var (_, act) in _due.Where(item => item.At <= _ticks))
                act();
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
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
    [InlineData("agent", CaseWorked.AgentLength)]
    [InlineData("note", CaseWorked.NoteLength)]
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

        Assert.Contains("is waiting in attempt 2", (await _api.PostAsync("/api/cases/a/work", """{"resolved":true,"attempt":1}""")).Refuses(409), StringComparison.Ordinal);
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
