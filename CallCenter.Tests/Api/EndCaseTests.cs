using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class EndCaseTests
{
    private readonly ApiHarness _api = new();

    [Theory]
    [InlineData("", null)]
    [InlineData("?reason=", null)]
    [InlineData("?reason=no+longer%20needed", "no longer needed")]
    public async Task Terminate_Running_PassesTheReason(string query, string? reason)
    {
        _api.Client.Add("a");

        Assert.Equal(202, (await _api.PostAsync("/api/cases/a/terminate" + query, null)).Status);
        Assert.Equal(("a", reason), Assert.Single(_api.Client.Terminated));
    }

    [Fact]
    public async Task Terminate_Ended_IsGone()
    {
        _api.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        (await _api.PostAsync("/api/cases/a/terminate", null)).Refuses(410);
        Assert.Empty(_api.Client.Terminated);
    }

    [Fact]
    public async Task Delete_Ended_Purges()
    {
        _api.Client.Add("a", state => state with { RuntimeStatus = OrchestrationRuntimeStatus.Failed });

        Assert.Equal(204, (await _api.SendAsync("DELETE", "/api/cases/a", null, [])).Status);
        Assert.Equal("a", Assert.Single(_api.Client.Purged));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task Delete_NotEnded_Conflicts(OrchestrationRuntimeStatus status)
    {
        _api.Client.Add("a", state => state with { RuntimeStatus = status });

        Assert.Contains($"{status}", (await _api.SendAsync("DELETE", "/api/cases/a", null, [])).Refuses(409), StringComparison.Ordinal);
        Assert.Empty(_api.Client.Purged);
    }

    [Theory]
    [InlineData("DELETE", "/api/cases/none")]
    [InlineData("POST", "/api/cases/none/terminate")]
    public async Task EndOrDelete_Unknown_IsNotFound(string method, string path) =>
        Assert.Contains("'none'", (await _api.SendAsync(method, path, null, [])).Refuses(404), StringComparison.Ordinal);

    [Theory]
    [InlineData("DELETE", "/api/cases/other")]
    [InlineData("POST", "/api/cases/other/terminate")]
    [InlineData("GET", "/api/cases/other")]
    public async Task AnyCall_InstanceOfAnotherOrchestration_IsNoCase(string method, string path)
    {
        _api.Client.Add("other", state => state with { Name = "Somebody else's", RuntimeStatus = OrchestrationRuntimeStatus.Completed });

        (await _api.SendAsync(method, path, null, [])).Refuses(404);
        Assert.Empty(_api.Client.Purged);
    }
}
