using System.Text.Json;
using CallCenter.Tests.Conformance;

namespace CallCenter.Tests.Http;

/// <summary>A filter that is not understood must not show, let alone delete, what it was to spare.</summary>
public sealed class ManagementFilterTests : IAsyncLifetime
{
    private const string List = "runtime/webhooks/durabletask/instances";

    private SocketHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await SocketHost.StartAsync("--CallCenter:ResolveProbability", "1");
        foreach (var id in new[] { "keep-1", "keep-2", "drop-1", "drop-2", "drop-3" })
        {
            using var content = new StringContent("""{"inputCaseID":"1"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            (await _host.Http.PostAsync(new Uri($"api/cases?instanceId={id}", UriKind.Relative), content)).Dispose();
            await Eventually.TrueAsync(async () => (await _host.Http.GetStringAsync(new Uri($"api/cases/{id}", UriKind.Relative))).Contains("\"Completed\"", StringComparison.Ordinal));
        }
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string> Unreadable =>
    [
        "createdTimeTo=2026-13-45", "createdTimeFrom=soon", "createdTimeTo=10:00", "runtimeStatus=Faild", "runtimeStatus=Completed,Faild", "runtimeStatus=1",
        "top=all", "top=0", "top=-1", "createdTimeTo=1999-12-31", "instanceIdPrefix=a&instanceIdPrefix=b",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Purge_FilterThatCannotBeRead_IsRefusedAndDeletesNothing(string filter)
    {
        var from = filter.StartsWith("createdTimeFrom", StringComparison.Ordinal) ? "" : "createdTimeFrom=2000-01-01&";

        await RefusedAsync(HttpMethod.Delete, $"{List}?{from}{filter}", filter.Split('=')[0]);
        Assert.Equal(5, (await IdsAsync("")).Count);
    }

    [Theory]
    [InlineData("createdTimeTo=")]
    [InlineData("runtimeStatus=")]
    [InlineData("instanceIdPrefix=")]
    [InlineData("top=")]
    public async Task Purge_EmptyFilter_IsRefusedAndDeletesNothing(string filter)
    {
        await RefusedAsync(HttpMethod.Delete, $"{List}?createdTimeFrom=2000-01-01&{filter}", filter.TrimEnd('='));
        Assert.Equal(5, (await IdsAsync("")).Count);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public Task List_FilterThatCannotBeRead_IsRefused(string filter) =>
        RefusedAsync(HttpMethod.Get, $"{List}?{(filter.StartsWith("createdTimeFrom", StringComparison.Ordinal) ? "" : "createdTimeFrom=2000-01-01&")}{filter}", filter.Split('=')[0]);

    [Theory]
    [InlineData("instanceIdPrefix=drop-", "keep-1,keep-2")]
    [InlineData("instanceIdPrefix=drop-&top=2", "drop-1,keep-1,keep-2")]
    [InlineData("instanceIdPrefix=drop-&runtimeStatus=Failed", "drop-1,drop-2,drop-3,keep-1,keep-2")]
    [InlineData("runtimeStatus=Canceled", "drop-1,drop-2,drop-3,keep-1,keep-2")]
    [InlineData("runtimeStatus=canceled,completed", "")]
    [InlineData("createdTimeTo=2001-01-01T00:00:00.000Z", "drop-1,drop-2,drop-3,keep-1,keep-2")]
    [InlineData("createdTimeTo=2999-01-01T00:00:00+02:00", "")]
    public async Task Purge_EveryFilter_Counts(string filter, string left)
    {
        using (await _host.Http.DeleteAsync(new Uri($"{List}?createdTimeFrom=2000-01-01T00:00:00Z&{filter}", UriKind.Relative)))
            Assert.Equal(left, string.Join(',', await IdsAsync("")));
    }

    [Theory]
    [InlineData("runtimeStatus=Canceled", 0)]
    [InlineData("runtimeStatus=&top=&createdTimeTo=", 5)]
    [InlineData("top=5000", 5)]
    public async Task List_WhatDurableFunctionsTakes_IsTaken(string filter, int count) => Assert.Equal(count, (await IdsAsync(filter)).Count);

    [Theory]
    [InlineData("POST", List + "/keep-1/terminate?reason=", 1025)]
    [InlineData("POST", List + "/keep-1/suspend?reason=", 1025)]
    [InlineData("POST", List + "/keep-1/resume?reason=", 1025)]
    [InlineData("POST", List + "/keep-1/rewind?reason=", 1025)]
    [InlineData("POST", "api/cases/keep-1/terminate?reason=", 1025)]
    public Task AnyCall_LongReason_IsRefused(string method, string uri, int length) => RefusedAsync(new HttpMethod(method), uri + new string('x', length), "1025");

    [Fact]
    public async Task RaiseEvent_LongNameOrBrokenText_IsRefused()
    {
        using var content = new StringContent("""{"inputCaseID":"1","workMode":"agent"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        (await _host.Http.PostAsync(new Uri("api/cases?instanceId=waits", UriKind.Relative), content)).Dispose();

        await RefusedAsync(HttpMethod.Post, $"{List}/waits/raiseEvent/{new string('x', 257)}", "257", "{}");
        await RefusedAsync(HttpMethod.Post, $"{List}/waits/raiseEvent/CaseWorked", "Invalid JSON", """{"resolved":"\ud800"}""");
        Assert.Empty(_host.Log.Lines);
    }

    private async Task RefusedAsync(HttpMethod method, string uri, string said, string? body = null)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (body is not null)
            request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await _host.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 400, $"{response.StatusCode}: {text}");
        Assert.Contains(said, text, StringComparison.Ordinal);
    }

    private async Task<List<string>> IdsAsync(string filter)
    {
        using var list = JsonDocument.Parse(await _host.Http.GetStringAsync(new Uri($"{List}?{filter}", UriKind.Relative)));
        return [.. list.RootElement.EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!).Order(StringComparer.Ordinal)];
    }
}
