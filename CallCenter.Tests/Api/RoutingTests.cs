using CallCenter.Api;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Api;

public sealed class RoutingTests
{
    private readonly ApiHarness _api = new();

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/nothing")]
    [InlineData("/api/cases/a/b")]
    [InlineData("/api/cases/a/work/b")]
    [InlineData("/api//cases")]
    public async Task AnyMethod_UnknownPath_IsNotFound(string path) =>
        Assert.Contains("/openapi.json", (await _api.SendAsync("POST", path, [], [])).Refuses(404), StringComparison.Ordinal);

    [Theory]
    [InlineData("PUT", "/api/cases", "POST, GET, HEAD")]
    [InlineData("POST", "/api/cases/a", "GET, DELETE, HEAD")]
    [InlineData("GET", "/api/cases/a/work", "POST")]
    [InlineData("HEAD", "/api/cases/a/terminate", "POST")]
    [InlineData("OPTIONS", "/api/health", "GET, HEAD")]
    public async Task WrongMethod_KnownPath_NamesTheRightOnes(string method, string path, string allowed)
    {
        var response = await _api.SendAsync(method, path, [], []);

        Assert.Equal((405, allowed), (response.Status, response.Header("Allow")));
        if (method != "HEAD")
            Assert.Contains(allowed, response.Refuses(405), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/API/Health")]
    [InlineData("/api/health/")]
    public async Task Get_SamePathWrittenOtherwise_IsFound(string path) => Assert.Equal(200, (await _api.GetAsync(path)).Status);

    [Theory]
    [InlineData("/api", true)]
    [InlineData("/api/x", true)]
    [InlineData("/API/x", true)]
    [InlineData("/openapi.json", true)]
    [InlineData("/apis", false)]
    [InlineData("/", false)]
    [InlineData("/runtime/webhooks/durabletask/instances", false)]
    public void Owns_Path_IsTrueOfTheContractAlone(string path, bool owned) => Assert.Equal(owned, CallCenterApi.Owns(path));

    [Fact]
    public async Task AnyCall_RuntimeTakesNoWork_IsUnavailable()
    {
        _api.Client.Throws = new OrchestrationUnavailableException("The disk is full. Free some space.", TimeSpan.FromSeconds(4.2));

        var response = await _api.PostAsync("/api/cases", """{"inputCaseID":"001"}""");

        Assert.Equal("The disk is full. Free some space.", response.Refuses(503));
        Assert.Equal("5", response.Header("Retry-After"));
    }

    [Fact]
    public async Task AnyCall_Surprise_IsLoggedAndKeptFromTheCaller()
    {
        _api.Client.Throws = new InvalidOperationException("secret");

        Assert.DoesNotContain("secret", (await _api.GetAsync("/api/cases")).Refuses(500), StringComparison.Ordinal);
        Assert.Same(_api.Client.Throws, Assert.Single(_api.Errors));
    }

    [Fact]
    public async Task AnyCall_CallerGone_IsNoError()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        _api.Client.Throws = new OperationCanceledException(gone.Token);

        (await _api.SendAsync("GET", "/api/cases", null, [], cancellation: gone.Token)).Refuses(503);
        Assert.Empty(_api.Errors);
    }

    [Theory]
    [InlineData("/api/health", "no-store")]
    [InlineData("/api/nothing", "no-store")]
    [InlineData("/api/workflow", "no-cache")]
    public async Task AnyCall_Answer_IsNeitherCachedBlindlyNorSniffed(string path, string caching)
    {
        var response = await _api.GetAsync(path);

        Assert.Equal((caching, "nosniff"), (response.Header("Cache-Control"), response.Header("X-Content-Type-Options")));
    }
}
