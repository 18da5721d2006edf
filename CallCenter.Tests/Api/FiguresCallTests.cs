using System.Text.Json;

namespace CallCenter.Tests.Api;

public sealed class FiguresCallTests
{
    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    private readonly ApiHarness _api = new();

    [Fact]
    public async Task Figures_OfAHostThatKeepsThem_AreShown()
    {
        var asked = "";
        _api.Options = _api.Options with
        {
            Figures = name =>
            {
                asked = name;
                return new(
                    Noon, [new(Noon, 9, 5, 1, 0), new(Noon.AddMinutes(1), 1, 0, 1, 1)], Noon.AddSeconds(5),
                    [new("Open Case", 7, TimeSpan.FromMilliseconds(1.3), TimeSpan.FromSeconds(2))], 3, Noon.AddMinutes(-9));
            },
        };

        var response = await _api.GetAsync("/api/Cases/Figures");

        Assert.Equal("CallCenterOrchestrator", asked);
        Assert.Equal(
            """
            {"from":"2026-01-31T12:00:00Z","minutes":[{"at":"2026-01-31T12:00:00Z","started":9,"completed":5,"failed":1,"terminated":0},
            {"at":"2026-01-31T12:01:00Z","started":1,"completed":0,"failed":1,"terminated":1}],"resolved":0.625,"statesSince":"2026-01-31T12:00:05Z",
            "states":[{"name":"Open Case","count":7,"p50":0.0013,"p95":2}],"waiting":3,"oldestWaiting":"2026-01-31T11:51:00Z"}
            """.ReplaceLineEndings(""),
            response.Json().GetRawText());
        Assert.Equal(304, (await _api.GetAsync("/api/cases/figures", ("If-None-Match", response.Headers.First(header => header.Key == "ETag").Value))).Status);
    }

    [Fact]
    public async Task Figures_NothingHappened_HaveNoShare()
    {
        _api.Options = _api.Options with { Figures = ApiHarness.NoFigures };

        var figures = (await _api.GetAsync("/api/cases/figures")).Json();

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (figures.GetProperty("resolved").ValueKind, figures.GetProperty("oldestWaiting").ValueKind));
    }

    [Fact]
    public async Task Figures_OfAHostWithoutThem_AreNotThere()
    {
        (await _api.GetAsync("/api/cases/figures")).Refuses(404);

        Assert.False((await ListAsync()).GetProperty("figures").GetBoolean());
        _api.Options = _api.Options with { Figures = ApiHarness.NoFigures };
        Assert.True((await ListAsync()).GetProperty("figures").GetBoolean());
    }

    [Theory]
    [InlineData("figures")]
    [InlineData("Figures")]
    public async Task Start_AsTheFigures_IsRefused(string id) =>
        Assert.Contains("is a path of this API", (await _api.PostAsync($"/api/cases?instanceId={id}", """{"inputCaseID":"001"}""")).Refuses(400), StringComparison.Ordinal);

    private async Task<JsonElement> ListAsync() => (await _api.GetAsync("/api/workflows")).Json().GetProperty("workflows")[0].GetProperty("list");
}
