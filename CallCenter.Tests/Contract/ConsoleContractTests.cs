using System.Net;
using System.Text.RegularExpressions;

namespace CallCenter.Tests.Contract;

/// <summary>GET /console: that it is there; what it does, its own tests say.</summary>
public sealed partial class ConsoleContractTests(ContractHost host) : ContractTests(host)
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

    [Fact]
    public async Task Console_WhatThePageLoads_IsKeptForEverAndThePageIsNot()
    {
        var address = new Uri(Host.Api.BaseAddress!, "/console");
        using var page = await Host.Given.GetAsync(address);
        var names = Loaded().Matches(await page.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(page.Headers.CacheControl!.NoCache);
        using var known = new HttpRequestMessage(HttpMethod.Get, address);
        known.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var again = await Host.Given.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.InRange(names.Count, 1, 4);
        foreach (var name in names)
        {
            using var file = await Host.Given.GetAsync(new Uri(address, name));
            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (file.StatusCode, Assert.Single(file.Headers.GetValues("Cache-Control"))));
        }
    }

    [GeneratedRegex("(?:src|href)=\"(console/[^\"]+)\"")]
    private static partial Regex Loaded();
}
