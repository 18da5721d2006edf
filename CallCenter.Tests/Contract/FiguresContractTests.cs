using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>What a host says of the last hour, where it keeps count.</summary>
public sealed class FiguresContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task Figures_OfTheLastHour_CountTheCasesOrAreNotThere()
    {
        if (!await AreKeptAsync())
        {
            await RefusedAsync(await Host.Api.GetAsync("/api/cases/figures"), HttpStatusCode.NotFound);
            return;
        }
        var before = await ReadAsync();
        var waiting = await StartWaitingAsync("figures");
        (await AnswerAsync(await StartWaitingAsync("figures"), """{"resolved":true}""")).Dispose();

        var after = await UntilAsync(ReadAsync, figures => Sum(figures, "completed") > Sum(before, "completed"));

        Assert.Equal(60, after.GetProperty("minutes").GetArrayLength());
        Assert.True(Sum(after, "started") >= Sum(before, "started") + 2);
        Assert.InRange(after.GetProperty("resolved").GetDouble(), 0, 1);
        Assert.True(after.GetProperty("waiting").GetInt32() >= 1);
        var since = (await GetAsync(waiting)).GetProperty("progress").GetProperty("steps")[2].GetProperty("startedAt").GetDateTimeOffset();
        Assert.True(after.GetProperty("oldestWaiting").GetDateTimeOffset() <= since);
        var closed = after.GetProperty("states").EnumerateArray().Single(state => state.GetProperty("name").GetString() == "Close Case");
        Assert.True(closed.GetProperty("count").GetInt64() >= 1);
        Assert.InRange(closed.GetProperty("p50").GetDouble(), 0, closed.GetProperty("p95").GetDouble());
    }

    private async Task<bool> AreKeptAsync()
    {
        using var response = await Host.Api.GetAsync("/api/workflows");
        return (await BodyAsync(response)).GetProperty("workflows")[0].GetProperty("list").GetProperty("figures").GetBoolean();
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var response = await Host.Api.GetAsync("/api/cases/figures");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await BodyAsync(response);
    }

    private static long Sum(JsonElement figures, string name) => figures.GetProperty("minutes").EnumerateArray().Sum(minute => minute.GetProperty(name).GetInt64());
}
