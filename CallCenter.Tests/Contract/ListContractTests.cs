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
            ["instanceId", "caseId", "runtimeStatus", "createdAt", "lastUpdatedAt", "duration", "state", "attempt", "waitingFor", "deadline", "error"],
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
    public async Task List_Search_FindsAPartOfTheCaseIdOrTheInstanceId()
    {
        var key = $"Kunde {Guid.NewGuid():N} Ü7";
        var (one, other) = (await StartWaitingAsync("search", caseId: key), await StartWaitingAsync("search", caseId: key[..^1] + "8"));
        (await AnswerAsync(other, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(other, "Completed");

        await IsFoundAsync("search=" + Uri.EscapeDataString(key[3..^1].ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)), one, other);
        await IsFoundAsync("caseId=" + Uri.EscapeDataString(key[6..]), one);
        await IsFoundAsync("caseId=" + Uri.EscapeDataString(key[6..]) + "&search=" + Uri.EscapeDataString(one[2..].ToUpperInvariant()), one);
        await IsFoundAsync("search=" + Uri.EscapeDataString(other[4..]) + "&status=Completed", other);
        await IsFoundAsync("caseId=" + Uri.EscapeDataString(one[4..]));
    }

    [Fact]
    public async Task List_Waiting_HoldsThoseThatWait()
    {
        var (waits, answered) = (await StartWaitingAsync("waits"), await StartWaitingAsync("waits"));
        (await AnswerAsync(answered, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(answered, "Completed");

        var search = "search=" + Prefix(waits);
        await IsFoundAsync(search + "&waiting=true", waits);
        await IsFoundAsync(search, waits, answered);
    }

    [Fact]
    public async Task List_Orders_AreServedOrRefused()
    {
        var first = await StartWaitingAsync("order", ""","agentDeadlineSeconds":3000""");
        var second = await StartWaitingAsync("order", ""","agentDeadlineSeconds":2000""");
        var search = "search=" + Prefix(first);
        await IsFoundAsync(search, first, second);
        var known = (await ListAbilitiesAsync()).GetProperty("orders").EnumerateArray().Select(order => order.GetString()!).ToList();

        Assert.Contains("newest", known);
        foreach (var order in new[] { "newest", "oldest", "longest", "shortest", "deadline" })
        {
            if (known.Contains(order))
            {
                var wanted = order is "oldest" or "longest" ? new[] { first, second } : [second, first];
                var listed = (await AllAsync($"{search}&order={order}", top: 1)).Select(item => item.GetProperty("instanceId").GetString()).ToList();
                // A storage that keeps instances by their ids has only those newest first whose ids we made.
                Assert.Equal(wanted, known.Count > 1 ? listed : listed.Order().Reverse());
            }
            else
                Assert.Contains("order", await RefusedAsync(await Host.Api.GetAsync($"/api/cases?order={order}"), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_Total_IsANumberWhereTheHostCounts()
    {
        var counts = (await ListAbilitiesAsync()).GetProperty("total").GetBoolean();
        var id = await StartWaitingAsync("total");
        using var response = await Host.Api.GetAsync($"/api/cases?search={id}&waiting=true&top=1");
        var page = await BodyAsync(response);

        Assert.Equal(counts ? "1" : "null", page.GetProperty("total").GetRawText());
        Assert.Equal(counts ? JsonValueKind.Number : JsonValueKind.Null, page.GetProperty("waiting").ValueKind);
        Assert.Equal(counts ? JsonValueKind.Number : JsonValueKind.Null, page.GetProperty("overdue").ValueKind);
        Assert.True(!counts || page.GetProperty("waiting").GetInt64() >= 1);
    }

    [Fact]
    public async Task List_Duration_IsThereOnceEnded()
    {
        var id = await StartWaitingAsync("duration");
        Assert.Equal(JsonValueKind.Null, (await FoundAsync("search=" + id, 1))[0].GetProperty("duration").ValueKind);
        (await AnswerAsync(id, """{"resolved":true}""")).Dispose();
        await UntilStatusAsync(id, "Completed");

        var item = Assert.Single(await FoundAsync($"search={id}&status=Completed", 1));
        var took = item.GetProperty("lastUpdatedAt").GetDateTimeOffset() - item.GetProperty("createdAt").GetDateTimeOffset();
        Assert.Equal(took.TotalSeconds, item.GetProperty("duration").GetDouble(), 3);
    }

    [Fact]
    public async Task List_KnownTag_IsAnsweredWithoutABody()
    {
        var id = await StartWaitingAsync("tag");
        await IsFoundAsync("search=" + id, id);
        using var first = await Host.Api.GetAsync($"/api/cases?search={id}&status=Running&prefix={id}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/cases?search={id}&status=Running&prefix={id}");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        using var again = await Host.Api.SendAsync(request);

        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        // Where it counts, another test may have started a case between the two.
        if (again.StatusCode == HttpStatusCode.NotModified)
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        else
            Assert.NotEqual(first.Headers.ETag, again.Headers.ETag);
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
    [InlineData("order=newst", "Did you mean 'newest'?")]
    [InlineData("waiting=perhaps", "'waiting' is 'perhaps'")]
    [InlineData("top=0", "from 1 to 1000")]
    [InlineData("top=1001", "from 1 to 1000")]
    [InlineData("continuationToken=nonsense", "continuation token")]
    public async Task List_WrongParameter_IsRefused(string query, string said) =>
        Assert.Contains(said, await RefusedAsync(await Host.Api.GetAsync("/api/cases?" + query), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    private async Task IsFoundAsync(string query, params string[] ids) =>
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await FoundAsync(query, ids.Length)).Select(item => item.GetProperty("instanceId").GetString()!).Order(StringComparer.Ordinal));

    private Task<List<JsonElement>> FoundAsync(string query, int count) => UntilAsync(() => AllAsync(query), found => found.Count == count);

    private async Task<JsonElement> ListAbilitiesAsync()
    {
        using var response = await Host.Api.GetAsync("/api/workflows/cases");
        return (await BodyAsync(response)).GetProperty("list");
    }

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
