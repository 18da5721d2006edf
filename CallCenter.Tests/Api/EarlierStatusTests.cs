using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Api;

/// <summary>Statuses of before steps published what they changed: what the API shows as a step's input and output, against what the steps really took and gave.</summary>
public sealed class EarlierStatusTests
{
    private const string CaseId = "Ünï <b> 😀";
    private const string Input = $$"""{"inputCaseID":"{{CaseId}}"}""";

    private readonly ApiHarness _api = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Get_StepsOmitted_ShowsWhatTheOthersReallyTookAndGave(int omitted)
    {
        var (steps, payloads) = Run(attempts: 4);

        var shown = await ShowAsync(steps, payloads[^1], omitted);

        var kept = Enumerable.Range(0, steps.Count).Where(i => i < 2 || i >= 2 + omitted).ToList();
        Assert.Equal(kept.Count, shown.Count);
        foreach (var (i, step) in kept.Zip(shown))
        {
            if (i == 0)
                Assert.Equal(Input, step.GetProperty("input").GetRawText());
            else
                Assert.Equal(payloads[i - 1], step.GetProperty("input").Deserialize<SupportCase>());
            Assert.Equal(payloads[i], step.GetProperty("output").Deserialize<SupportCase>());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Get_OpenStep_HasInputAndNoOutput(int omitted)
    {
        var (steps, payloads) = Run(attempts: 2);
        steps.Add(new Step { State = "Work on Case", StartedAt = default, Attempt = 3 });

        var open = (await ShowAsync(steps, payloads[^1], omitted))[^1];

        Assert.Equal(payloads[^1], open.GetProperty("input").Deserialize<SupportCase>());
        Assert.Equal(JsonValueKind.Null, open.GetProperty("output").ValueKind);
    }

    [Fact]
    public async Task Get_OnlyStepOpen_TakesTheInputOfTheCase()
    {
        var open = (await ShowAsync([new Step { State = "Open Case", StartedAt = default, Attempt = 1 }], null, 0))[0];

        Assert.Equal((Input, JsonValueKind.Null), (open.GetProperty("input").GetRawText(), open.GetProperty("output").ValueKind));
    }

    [Fact]
    public async Task Get_MessageThatDoesNotFitItsSteps_LeavesOutWhatCannotBeKnown()
    {
        var (steps, _) = Run(attempts: 2);

        var shown = await ShowAsync(steps, new SupportCase(CaseId, 0, "something else"), 1);

        Assert.All(shown.Skip(2), step => Assert.Equal(JsonValueKind.Null, step.GetProperty("output").ValueKind));
    }

    /// <summary>A case that is worked on in vain, with every payload on its way.</summary>
    private static (List<Step> Steps, List<SupportCase> Payloads) Run(int attempts)
    {
        var payloads = new List<SupportCase> { SupportCase.Open(CaseId) };
        var states = new List<string> { "Open Case", "Assign Case" };
        payloads.Add(payloads[^1].Assign());
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            payloads.Add(payloads[^1].Work(0));
            payloads.Add(payloads[^1].Escalate());
            states.AddRange(["Work on Case", "Escalate Case"]);
        }
        var steps = states.Select((state, i) => new Step
        {
            State = state,
            StartedAt = default,
            EndedAt = default(DateTime),
            Attempt = 1,
            Status = payloads[i].Status,
            Added = payloads[i].Message[(i == 0 ? 0 : payloads[i - 1].Message.Length)..],
        });
        return (steps.ToList(), payloads);
    }

    private async Task<List<JsonElement>> ShowAsync(List<Step> steps, SupportCase? last, int omitted)
    {
        _api.Client.Add("a", state => state with
        {
            Input = Input,
            CustomStatus = JsonSerializer.Serialize(new Progress
            {
                State = "Escalate Case",
                Attempt = 1,
                Case = last,
                Steps = [.. steps.Take(2), .. steps.Skip(2 + omitted)],
                StepsOmitted = omitted > 0 ? omitted : null,
            }),
        });
        return [.. (await _api.GetAsync("/api/cases/a")).Json().GetProperty("progress").GetProperty("steps").EnumerateArray()];
    }

    private sealed record Step
    {
        [JsonPropertyName("state")]
        public required string State { get; init; }

        [JsonPropertyName("startedAt")]
        public DateTime StartedAt { get; init; }

        [JsonPropertyName("endedAt")]
        public DateTime? EndedAt { get; init; }

        [JsonPropertyName("attempt")]
        public int Attempt { get; init; }

        [JsonPropertyName("status"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Status { get; init; }

        [JsonPropertyName("added")]
        public string? Added { get; init; }
    }

    private sealed record Progress
    {
        [JsonPropertyName("state")]
        public required string State { get; init; }

        [JsonPropertyName("attempt")]
        public int Attempt { get; init; }

        [JsonPropertyName("case")]
        public SupportCase? Case { get; init; }

        [JsonPropertyName("steps")]
        public required IReadOnlyList<Step> Steps { get; init; }

        [JsonPropertyName("stepsOmitted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? StepsOmitted { get; init; }
    }
}
