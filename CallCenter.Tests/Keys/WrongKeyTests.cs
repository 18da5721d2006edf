using System.Net;
using CallCenter.Standalone.Http;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Tests.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Keys;

/// <summary>Wrong keys are counted, logged once per address and minute, and slowed.</summary>
public sealed class WrongKeyTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly LogLines _log = new();
    private readonly WrongKeys _wrong;

    public WrongKeyTests() => _wrong = new(_clock, _log);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Count_MoreThanTheFreeTriesInAMinute_WantsTheAddressToWaitForTheNext()
    {
        for (var i = 0; i < WrongKeys.FreeTries; i++)
            Assert.Null(Count("192.0.2.1"));
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), Count("192.0.2.1"));
        Assert.Null(Count("192.0.2.2"));

        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(Count("192.0.2.1"));
    }

    [Fact]
    public void Count_ClockSetBack_BeginsTheMinuteAnew()
    {
        Exhaust("192.0.2.1");

        _clock.Advance(-TimeSpan.FromHours(1));

        Assert.Null(Count("192.0.2.1"));
    }

    [Theory]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    public void Count_TwoAddresses_AreOneCallerWithinA64(string first, string second, bool same)
    {
        Exhaust(first);

        Assert.Equal(same, Count(second) is not null);
    }

    [Fact]
    public void Count_MoreAddressesThanAreKept_CountTogether()
    {
        for (var i = 0; i < WrongKeys.MaxAddresses; i++)
            Assert.Null(Count($"10.0.{i / 256}.{i % 256}"));
        for (var i = 0; i < WrongKeys.FreeTries; i++)
            Assert.Null(Count($"10.1.0.{i}"));

        Assert.NotNull(Count("10.2.0.1"));
        Assert.Null(Count("10.0.0.0"));
        Assert.Equal(WrongKeys.MaxAddresses + 1, _log.All.Count);
        Assert.Equal(WrongKeys.MaxAddresses + WrongKeys.FreeTries + 2, _wrong.Total);
    }

    [Fact]
    public void Count_TheSameAddress_IsLoggedOncePerMinute()
    {
        Exhaust("192.0.2.1");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Count("192.0.2.1");

        Assert.Equal(2, _log.All.Count);
        Assert.Contains("Warning: A wrong key from 192.0.2.1: GET /api/cases. Wrong keys since the start: 12.", _log.All.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Count_TextOfTheClient_IsLoggedShortAndEscapedWithoutItsQuery()
    {
        Count("192.0.2.1", "/a\n\u001b\u202e" + new string('x', 200) + "?code=guess");

        var line = Assert.Single(_log.All);
        Assert.Contains(@" /a\u000a\u001b\u202exxx", line, StringComparison.Ordinal);
        Assert.Contains("xxx...", line, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 1, 400);
    }

    [Fact]
    public async Task Request_WrongKeysWithoutEnd_AreAnswered429WhileTheRightOneWorks()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Configuration["CallCenter:ApiKey"] = "right";
        builder.Services.AddSingleton<TimeProvider>(_clock);
        await using var app = builder.AddApiKeys().Build();
        app.UseApiKeys();
        app.Run(context => context.Response.WriteAsync("in"));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        for (var i = 0; i < WrongKeys.FreeTries; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync($"/api/cases?code=wrong{i}")).StatusCode);

        using var refused = await http.GetAsync("/api/cases?code=wrong");

        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/cases?code=right")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/cases")).StatusCode);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/cases?code=wrong")).StatusCode);
        Assert.DoesNotContain(_log.All, line => line.Contains("code=", StringComparison.Ordinal));
    }

    private void Exhaust(string address)
    {
        for (var i = 0; i <= WrongKeys.FreeTries; i++)
            Count(address);
    }

    private TimeSpan? Count(string address, string target = "/api/cases")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Method = "GET";
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        return _wrong.Count(context);
    }
}
