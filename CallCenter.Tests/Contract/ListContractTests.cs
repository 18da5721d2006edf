using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CallCenter.Tests.Contract;

/// <summary>GET /api/cases. Lists may lag behind on some hosts, so they are read until they show what they should.</summary>
public sealed class ListContractTests(ContractHost host) : ContractTests(host)
{
    [Fact]
    public async Task List_Pages_HoldEveryCaseOnce()
    {
        var name = $"pages{Guid.NewGuid():N}"[..12];
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await StartWaitingAsync(name));

        var listed = await UntilAsync(() => AllAsync($"prefix={Uri.EscapeDataString(Prefix(ids[0]))}", top: 2), cases => cases.Count >= 5);

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(item => item.GetProperty("instanceId").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_Item_ShowsWhereTheCaseIs()
    {
        var id = await StartWaitingAsync("item", caseId: "Ünï <1>");

        var item = Assert.Single(await UntilAsync(() => AllAsync($"prefix={id}"), cases => cases.Count == 1));

        Assert.Equal(
            ["instanceId", "caseId", "runtimeStatus", "createdAt", "lastUpdatedAt", "state", "attempt", "waitingFor", "deadline", "error"],
            item.EnumerateObject().Select(property => property.Name));
        Assert.Equal((id, "Ünï <1>", "Running"), (item.GetProperty("instanceId").GetString(), item.GetProperty("caseId").GetString(), item.GetProperty("runtimeStatus").GetString()));
        Assert.Equal(("Work on Case", 1, "CaseWorked"), (item.GetProperty("state").GetString(), item.GetProperty("attempt").GetInt32(), item.GetProperty("waitingFor").GetString()));
    }

    [Fact]
    public async Task List_Filters_NarrowIt()
    {
        var (running, failed) = (await StartWaitingAsync("filter"), await StartWaitingAsync("filter"));
        (await AnswerAsync(failed, """{"resolved":false}""")).Dispose();
        var created = (await UntilStatusAsync(failed, "Failed")).GetProperty("createdAt").GetDateTimeOffset();
        var prefix = "prefix=" + Prefix(running);

        var item = Assert.Single(await UntilAsync(() => AllAsync($"{prefix}&status=failed,Terminated"), cases => cases.Count == 1));
        Assert.Equal(failed, item.GetProperty("instanceId").GetString());
        Assert.Equal("Engage Tier 2 Support.", item.GetProperty("error").GetProperty("message").GetString());
        Assert.Empty(await AllAsync($"{prefix}&status=Suspended"));
        Assert.Equal(2, (await AllAsync($"{prefix}&from={Time(created.AddHours(-1))}&to={Time(created.AddHours(1))}")).Count);
        Assert.Empty(await AllAsync($"{prefix}&from={Time(created.AddHours(1))}"));
        Assert.Empty(await AllAsync($"{prefix}&to={Time(created.AddHours(-1))}"));
    }

    [Fact]
    public async Task List_CasesWithoutIdsOfTheirOwn_ShowsTheNewestFirst()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var start = await Host.Api.PostAsync("/api/cases", Json("""{"inputCaseID":"001","workMode":"agent"}"""));
            ids.Add((await BodyAsync(start)).GetProperty("id").GetString()!);
        }

        var listed = await UntilAsync(async () =>
        {
            using var first = await Host.Api.GetAsync("/api/cases");
            var all = (await BodyAsync(first)).GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!);
            return all.Where(ids.Contains).ToList();
        }, listed => listed.Count == ids.Count);

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.Equal(ids.AsEnumerable().Reverse(), listed);
        foreach (var id in ids)
            (await Host.Api.PostAsync(Case(id) + "/terminate", null)).Dispose();
    }

    [Fact]
    public async Task List_Counts_AreNumbersWhereThereAreAny()
    {
        using var response = await Host.Api.GetAsync("/api/cases?top=1");

        if ((await BodyAsync(response)).TryGetProperty("counts", out var counts))
            Assert.All(counts.EnumerateObject(), count => Assert.True(count.Value.GetInt64() >= 0));
    }

    [Theory]
    [InlineData("status=Runing", "Did you mean 'Running'?")]
    [InlineData("from=yesterday", "ISO 8601")]
    [InlineData("to=2026-13-01", "ISO 8601")]
    [InlineData("top=0", "from 1 to 1000")]
    [InlineData("top=1001", "from 1 to 1000")]
    [InlineData("continuationToken=nonsense", "continuation token")]
    public async Task List_WrongParameter_IsRefused(string query, string said) =>
        Assert.Contains(said, await RefusedAsync(await Host.Api.GetAsync("/api/cases?" + query), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    /// <summary>What the ids of one name have in common.</summary>
    private static string Prefix(string id) => id[..(id.LastIndexOf('-') + 1)];

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    private async Task<List<JsonElement>> AllAsync(string query, int top = 50)
    {
        var (all, token) = (new List<JsonElement>(), "");
        do
        {
            using var response = await Host.Api.GetAsync($"/api/cases?{query}&top={top}{(token.Length > 0 ? "&continuationToken=" + Uri.EscapeDataString(token) : "")}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var page = await BodyAsync(response);
            Assert.True(page.GetProperty("cases").GetArrayLength() <= top);
            all.AddRange(page.GetProperty("cases").EnumerateArray());
            token = page.GetProperty("continuationToken").GetString() ?? "";
        }
        while (token.Length > 0);
        return all;
    }
}
