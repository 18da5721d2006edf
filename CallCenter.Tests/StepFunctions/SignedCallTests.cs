using System.Net;
using System.Text;
using System.Text.Json;
using CallCenter.Tests.Keys;

namespace CallCenter.Tests.StepFunctions;

/// <summary>The Step Functions API of a host with keys: they are its callers' secret access keys.</summary>
public sealed class SignedCallTests : IAsyncLifetime, IDisposable
{
    private const string Start = """{"stateMachineArn":"arn:aws:states:r:1:stateMachine:CallCenterStateMachine","name":"NAME","input":"{\"inputCaseID\":\"001\"}"}""";
    private const string Admin = "key-of-the-chief!";

    private readonly HttpClient _http = new();
    private KeyHost _host = null!;

    public async Task InitializeAsync() => _host = await KeyHost.StartAsync(KeyHost.Keys);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/aws")]
    [InlineData("/aws/")]
    [InlineData("/")]
    public async Task Call_Signed_IsAnswered(string path) => Assert.Null(await RefusalAsync(Call("ListStateMachines", "{}", path)));

    [Fact]
    public async Task Call_ChangedAfterItWasSigned_IsRefused()
    {
        await IsRefusedAsync(request => request.Content = Content("{ }"));
        await IsRefusedAsync(request => Replace(request, "X-Amz-Target", "AWSStepFunctions.ListExecutions"));
        await IsRefusedAsync(request => request.RequestUri = new Uri(_host.Url, "/aws/"));
        await IsRefusedAsync(request => request.Headers.Host = "localhost");
        await IsRefusedAsync(request => Replace(request, "Authorization", Authorization(request).Replace("eu-central-1", "eu-central-2", StringComparison.Ordinal)));
        await IsRefusedAsync(request => Replace(request, "X-Amz-Date", "20200101T000000Z"));
        await IsRefusedAsync(request => Replace(request, "Authorization", Authorization(request)[..^1] + (Authorization(request)[^1] == '0' ? '1' : '0')));
        await IsRefusedAsync(request => Replace(request, "Authorization", Authorization(request).Replace("host;", "", StringComparison.Ordinal)));
        await IsRefusedAsync(request => Replace(request, "Authorization", Authorization(request).Replace("host;", "host;x-other;", StringComparison.Ordinal)));
        await IsRefusedAsync(request => request.RequestUri = new Uri(_host.Url, "/aws?a=b"));
    }

    [Fact]
    public async Task Call_OfAWrongKey_IsRefusedAndSlowed()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal((HttpStatusCode.BadRequest, "InvalidSignatureException"), await RefusalAsync(Call("ListStateMachines", "{}"), "wrong"));

        using var request = Call("ListStateMachines", "{}");
        await AwsSigner.SignAsync(request, "wrong");
        using var response = await _http.SendAsync(request);

        Assert.Equal((HttpStatusCode)429, response.StatusCode);
        Assert.Equal("ThrottlingException", response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Null(await RefusalAsync(Call("ListStateMachines", "{}")));
    }

    [Theory]
    [InlineData(-6, "Signature expired")]
    [InlineData(6, "Signature not yet current")]
    public async Task Call_OfAWrongClock_SaysSo(int minutes, string said)
    {
        using var request = Call("ListStateMachines", "{}");
        await AwsSigner.SignAsync(request, Admin, DateTimeOffset.UtcNow.AddMinutes(minutes));
        using var response = await _http.SendAsync(request);

        Assert.Equal("InvalidSignatureException", response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Contains(said, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.Date);
    }

    [Fact]
    public async Task Call_NotSigned_IsRefusedWhateverElseItShows()
    {
        using var unsigned = Call("ListStateMachines", "{}");
        unsigned.Headers.Add("x-functions-key", Admin);
        using var response = await _http.SendAsync(unsigned);
        Assert.Equal("MissingAuthenticationTokenException", response.Headers.GetValues("x-amzn-ErrorType").Single());

        using var bearer = Call("ListStateMachines", "{}");
        bearer.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Admin);
        using var refused = await _http.SendAsync(bearer);
        Assert.Equal("IncompleteSignatureException", refused.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Call_OfEachRole_MayDoWhatTheContractAllowsIt()
    {
        const string unknown = """{"executionArn":"arn:aws:states:r:1:execution:CallCenterStateMachine:roles"}""";
        var denied = (HttpStatusCode.Forbidden, "AccessDeniedException");
        Assert.Equal(denied, await RefusalAsync(Call("StartExecution", Named("roles")), "key-of-the-reader"));
        Assert.Null(await RefusalAsync(Call("StartExecution", Named("roles")), "key-of-the-desk!!"));
        Assert.Equal(denied, await RefusalAsync(Call("StartExecution", Named("t").Replace("CallCenterState", "SupportState", StringComparison.Ordinal)), "key-of-the-desk!!"));
        Assert.Null(await RefusalAsync(Call("DescribeExecution", unknown), "key-of-the-reader"));
        Assert.Equal(denied, await RefusalAsync(Call("StopExecution", unknown), "key-of-the-desk!!"));
        Assert.Null(await RefusalAsync(Call("StopExecution", unknown), Admin));
    }

    [Fact]
    public async Task Call_ThroughAProxy_IsSignedForThePublicAddress()
    {
        await using var host = await KeyHost.StartAsync("--CallCenter:ApiKey", Admin, "--CallCenter:PublicUrl", "https://desk.example.com/calls");
        using var request = AwsSigner.Call(new Uri(host.Url, "/aws"), "ListStateMachines", "{}");
        await AwsSigner.SignAsync(request, Admin, host: "desk.example.com", path: "/calls/aws");

        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Named(string name) => Start.Replace("NAME", name, StringComparison.Ordinal);

    private static string Authorization(HttpRequestMessage request) => request.Headers.GetValues("Authorization").Single();

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static ByteArrayContent Content(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        return content;
    }

    private HttpRequestMessage Call(string operation, string body, string path = "/aws") => AwsSigner.Call(new Uri(_host.Url, path), operation, body);

    private async Task IsRefusedAsync(Action<HttpRequestMessage> change)
    {
        using var request = AwsSigner.Call(new Uri(_host.Url, "/aws"), "ListStateMachines", "{}");
        await AwsSigner.SignAsync(request, Admin);
        change(request);
        using var response = await _http.SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        Assert.Equal("InvalidSignatureException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    /// <summary>The refusal of a call; null when it was answered.</summary>
    private async Task<(HttpStatusCode Status, string Type)?> RefusalAsync(HttpRequestMessage request, string secret = Admin)
    {
        using (request)
        {
            await AwsSigner.SignAsync(request, secret);
            using var response = await _http.SendAsync(request);
            var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            return response.StatusCode == HttpStatusCode.OK ? null : (response.StatusCode, body.GetProperty("__type").GetString()!);
        }
    }
}
