using System.Net;
using System.Text.Json;
using CallCenter.Tests.Keys;

namespace CallCenter.Tests.StepFunctions;

/// <summary>Whatever part of Standalone refuses a call of the Step Functions API, it does so in AWS's form, and nowhere else.</summary>
public sealed class RefusalFormTests
{
    [Fact]
    public async Task BrowserGuard_ForeignHostOrOrigin_IsRefusedInAwsForm()
    {
        await using var host = await KeyHost.StartAsync();

        await IsAwsAsync(await host.SendAsync("POST", "/aws", headers: ("Host", "sync-127.0.0.1.example")), HttpStatusCode.Forbidden, "AccessDeniedException");
        await IsAwsAsync(await host.SendAsync("POST", "/aws", headers: ("Origin", "https://elsewhere.example")), HttpStatusCode.Forbidden, "AccessDeniedException");
    }

    [Fact]
    public async Task Limits_TooManyHeaders_AreRefusedInAwsForm()
    {
        await using var host = await KeyHost.StartAsync();

        using var response = await host.SendAsync("POST", "/aws", headers: [.. Enumerable.Range(0, 101).Select(i => ($"x-{i}", "1"))]);

        await IsAwsAsync(response, HttpStatusCode.RequestHeaderFieldsTooLarge, "ValidationException");
    }

    [Fact]
    public async Task Root_WithATarget_IsTheApiAndWithoutIsNot()
    {
        await using var host = await KeyHost.StartAsync();

        using var aws = await host.SendAsync("POST", "/", body: new { }, headers: ("X-Amz-Target", "AWSStepFunctions.ListStateMachines"));
        using var console = await host.SendAsync("GET", "/");
        using var post = await host.SendAsync("POST", "/", body: new { });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.MethodNotAllowed), (aws.StatusCode, console.StatusCode, post.StatusCode));
        Assert.Equal("application/problem+json", post.Content.Headers.ContentType?.MediaType);
    }

    private static async Task IsAwsAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, type), (response.StatusCode, body.GetProperty("__type").GetString()));
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType?.MediaType);
        response.Dispose();
    }
}
