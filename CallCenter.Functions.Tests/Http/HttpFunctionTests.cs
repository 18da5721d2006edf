using System.Net;
using System.Reflection;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Functions.Http;
using CallCenter.Functions.Tests.Adapters;
using CallCenter.Functions.Tests.Build;
using CallCenter.Workflows.CallCenter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using SdkStatus = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace CallCenter.Functions.Tests.Http;

/// <summary>Every HTTP function, called as the host calls it, over a mock of the SDK's client.</summary>
public sealed class HttpFunctionTests
{
    private static readonly ServiceProvider Services = App.Services();

    private static CaseWorked Answer(object payload) => ((JsonElement)payload).Deserialize(CaseJson.Default.CaseWorked)!;

    /// <summary>Calls the function that the host would call.</summary>
    private static async Task<FakeResponse> CallAsync(FakeRequest request, SdkClient sdk, ServiceProvider? services = null)
    {
        var name = AppFunction.Answering(request.Method, request.Url.AbsolutePath)!.Name;
        var method = typeof(HostFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Single(method => method.GetCustomAttribute<FunctionAttribute>()?.Name == name);
        return (FakeResponse)await (Task<HttpResponseData>)method.Invoke(ActivatorUtilities.CreateInstance(services ?? Services, method.DeclaringType!), [request, sdk.Mock.Object])!;
    }

    private static SdkClient Holding(SdkStatus? status, string? customStatus = null) =>
        new SdkClient().Holding(status is { } known ? SdkClient.Instance(known, customStatus: customStatus, input: """{"inputCaseID":"001"}""") : null);

    [Fact]
    public async Task StartCase_GoodInput_IsAcceptedWithTheCheckStatusBody()
    {
        object? input = null;
        var sdk = new SdkClient().Starting((given, _) =>
        {
            input = given;
            return "0123";
        });

        var response = await CallAsync(new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}"""), sdk);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(("10", "http://localhost:7071/runtime/webhooks/durabletask/instances/0123"), (response.Header("Retry-After"), response.Header("Location")));
        Assert.Equal(
            ["id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri", "resumePostUri"],
            JsonDocument.Parse(response.Text).RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("001", Assert.IsType<JsonElement>(input).GetProperty("inputCaseID").GetString());
    }

    [Fact]
    public async Task StartCase_IdThatExists_IsAConflict()
    {
        var sdk = Holding(SdkStatus.Completed).Starting((_, _) => throw new DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException("there"));

        var response = await CallAsync(new FakeRequest("POST", "/api/cases?instanceId=i", """{"inputCaseID":"001"}"""), sdk);

        Assert.Equal((HttpStatusCode.Conflict, Problem.ContentType), (response.StatusCode, response.Header("Content-Type")));
    }

    [Fact]
    public async Task StartCase_PreferWait_IsTheCaseItself()
    {
        var sdk = Holding(SdkStatus.Completed).Starting((_, _) => "i");
        var request = new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}""");
        request.Headers.Add("Prefer", "respond-async, wait=5");

        var response = await CallAsync(request, sdk);

        Assert.Equal((HttpStatusCode.OK, "wait=5"), (response.StatusCode, response.Header("Preference-Applied")));
        Assert.Equal("i", JsonDocument.Parse(response.Text).RootElement.GetProperty("instanceId").GetString());
    }

    [Fact]
    public async Task GetCase_Known_IsShownWithATag()
    {
        var first = await CallAsync(new FakeRequest("GET", "/api/cases/i"), Holding(SdkStatus.Running));
        var again = new FakeRequest("GET", "/api/cases/i");
        again.Headers.Add("If-None-Match", first.Header("ETag"));
        var second = await CallAsync(again, Holding(SdkStatus.Running));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, ""), (first.StatusCode, second.StatusCode, second.Text));
        Assert.Equal("001", JsonDocument.Parse(first.Text).RootElement.GetProperty("caseId").GetString());
    }

    [Fact]
    public async Task ListCases_Empty_IsAnEmptyPage()
    {
        var sdk = new SdkClient();
        sdk.Mock.Setup(client => client.GetAllInstancesAsync(It.IsAny<Microsoft.DurableTask.Client.OrchestrationQuery>()))
            .Returns(Microsoft.DurableTask.Pageable.Create((_, _, _) => Task.FromResult(new Microsoft.DurableTask.Page<OrchestrationMetadata>([]))));

        var response = await CallAsync(new FakeRequest("GET", "/api/cases"), sdk);

        Assert.Equal("""{"cases":[],"continuationToken":null,"total":null,"waiting":null,"overdue":null}""", response.Text);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData(SdkStatus.Running, HttpStatusCode.Conflict)]
    [InlineData(SdkStatus.Completed, HttpStatusCode.NoContent)]
    public async Task DeleteCase_ByState_Answers(SdkStatus? status, HttpStatusCode expected)
    {
        var sdk = Holding(status);
        sdk.Mock.Setup(client => client.PurgeInstanceAsync("i", (PurgeInstanceOptions?)null, CancellationToken.None)).ReturnsAsync(new PurgeResult(1));

        Assert.Equal(expected, (await CallAsync(new FakeRequest("DELETE", "/api/cases/i"), sdk)).StatusCode);
    }

    [Fact]
    public async Task AnswerCase_ThatWaits_RaisesTheEvent()
    {
        var status = """{"state":"Work on Case","attempt":2,"waitingFor":"CaseWorked"}""";
        var sdk = new SdkClient().Holding(() => SdkClient.Instance(SdkStatus.Running, customStatus: status, input: """{"inputCaseID":"001"}"""));
        sdk.Mock.Setup(client => client.RaiseEventAsync("i", "CaseWorked", It.Is<object>(answer => Answer(answer).Resolved && Answer(answer).Attempt == 2), CancellationToken.None))
            .Callback((string _, string _, object answer, CancellationToken _) => status =
                $$"""{"state":"Work on Case","attempt":2,"steps":[{"state":"Work on Case","attempt":2,"changed":{"Status":1},"answerId":"{{Answer(answer).AnswerId}}"}]}""")
            .Returns(Task.CompletedTask);

        var response = await CallAsync(new FakeRequest("POST", "/api/cases/i/work", """{"resolved":true,"attempt":2}"""), sdk);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        sdk.Mock.VerifyAll();
    }

    [Fact]
    public async Task TerminateCase_Running_IsTerminatedWithTheReason()
    {
        var sdk = Holding(SdkStatus.Running);
        sdk.Mock.Setup(client => client.TerminateInstanceAsync("i", It.Is<TerminateInstanceOptions>(options => "no more".Equals(options.Output)), CancellationToken.None)).Returns(Task.CompletedTask);

        var response = await CallAsync(new FakeRequest("POST", "/api/cases/i/terminate?reason=no+more"), sdk);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        sdk.Mock.VerifyAll();
    }

    [Theory]
    [InlineData("/api/workflow?format=asl", HttpStatusCode.OK)]
    [InlineData("/api/workflows", HttpStatusCode.OK)]
    [InlineData("/api/workflows/cases", HttpStatusCode.OK)]
    [InlineData("/openapi.json", HttpStatusCode.OK)]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    public async Task CallsWithoutARuntime_NeedNone(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await CallAsync(new FakeRequest("GET", path), new SdkClient())).StatusCode);

    [Fact]
    public async Task Health_StorageAnswers_IsOk()
    {
        var response = await CallAsync(new FakeRequest("GET", "/api/health"), Holding(null), App.Services());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("""{"status":"ok","host":"functions","version":"0.""", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("backlog", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_StorageAnswersOrNot_SaysSoAndItLivesAnyhow()
    {
        var gone = new SdkClient().Holding(() => throw new IOException("secret"));

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(new FakeRequest("GET", "/readyz"), Holding(null), App.Services())).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CallAsync(new FakeRequest("GET", "/readyz"), gone, App.Services())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(new FakeRequest("GET", "/livez"), gone, App.Services())).StatusCode);
    }

    [Fact]
    public async Task Health_StorageDoesNotAnswer_Is503WithoutDetails()
    {
        var response = await CallAsync(new FakeRequest("GET", "/api/health"), new SdkClient().Holding(() => throw new IOException("secret")), App.Services());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, Problem.ContentType), (response.StatusCode, response.Header("Content-Type")));
        Assert.Contains("storage", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartCase_ManagementUrisKept_GivesTheIdAndNoKey()
    {
        var services = App.Services(("CallCenter:ManagementUris", "false"));

        var response = await CallAsync(new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}"""), new SdkClient().Starting((_, _) => "0 1"), services);

        Assert.Equal((HttpStatusCode.Accepted, """{"id":"0 1"}"""), (response.StatusCode, response.Text));
        Assert.Equal("http://localhost:7071/api/cases/0%201", response.Header("Location"));
    }

    [Theory]
    [InlineData("true", "https://example.com/desk/runtime/webhooks/durabletask/instances/0%201")]
    [InlineData("false", "https://example.com/desk/api/cases/0%201")]
    public async Task StartCase_PublicUrl_BeginsTheUris(string uris, string location)
    {
        var services = App.Services(("CallCenter:PublicUrl", "https://example.com/desk/"), ("CallCenter:ManagementUris", uris));

        var response = await CallAsync(new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}"""), new SdkClient().Starting((_, _) => "0 1"), services);

        Assert.Equal(location, response.Header("Location"));
        Assert.Equal(uris == "true", response.Text.Contains($"\"statusQueryGetUri\":\"{location}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_Page_IsServedUnderItsPolicy()
    {
        var response = (FakeResponse)await HostFunctions.ConsoleAsync(new FakeRequest("GET", "/console"));

        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (response.StatusCode, response.Header("Content-Type")));
        Assert.StartsWith("default-src 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("<html", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_SlashAtTheEnd_LeadsToThePage()
    {
        var response = (FakeResponse)await HostFunctions.ConsoleAsync(new FakeRequest("GET", "/console/"));

        Assert.Equal((HttpStatusCode.TemporaryRedirect, "../console"), (response.StatusCode, response.Header("Location")));
    }

    [Fact]
    public async Task AnyPath_WrongMethod_NamesTheRightOnes()
    {
        var response = await CallAsync(new FakeRequest("PUT", "/api/cases"), new SdkClient());

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST, GET, HEAD"), (response.StatusCode, response.Header("Allow")));
    }

    [Fact]
    public async Task StartTicket_NoTable_IsRefusedAndCasesAreNot()
    {
        var ticket = await CallAsync(new FakeRequest("POST", "/api/tickets", """{"inputCaseID":"001"}"""), new SdkClient());
        var started = await CallAsync(new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}"""), new SdkClient().Starting((_, _) => "0123"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (ticket.StatusCode, started.StatusCode));
        Assert.Contains("CallCenter:Assignments", ticket.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartCase_BodyInChunks_IsTaken()
    {
        var request = new FakeRequest("POST", "/api/cases", """{"inputCaseID":"001"}""");
        request.Headers.Add("Transfer-Encoding", "chunked");

        var response = await CallAsync(request, new SdkClient().Starting((_, _) => "0123"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task StartCase_LengthTooLarge_IsRefusedUnread()
    {
        var request = new FakeRequest("POST", "/api/cases", "{");
        request.Headers.Add("Content-Length", $"{RequestBody.MaxLength + 1}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await CallAsync(request, new SdkClient())).StatusCode);
    }

    [Fact]
    public async Task AnyCall_RuntimeThrows_IsAProblemAndNoDetails()
    {
        var sdk = new SdkClient().Holding(() => throw new IOException("secret"));

        var response = await CallAsync(new FakeRequest("GET", "/api/cases/i"), sdk);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
    }
}
