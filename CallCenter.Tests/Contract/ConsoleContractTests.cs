using System.Net;

namespace CallCenter.Tests.Contract;

/// <summary>GET /console: that it is there; what it does, its own tests say.</summary>
public sealed class ConsoleContractTests(ContractHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("/console")]
    [InlineData("/console/")]
    public async Task Console_Page_IsServedUnderAStrictPolicy(string path)
    {
        using var response = await Host.Given.GetAsync(new Uri(Host.Api.BaseAddress!, path));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }
}
