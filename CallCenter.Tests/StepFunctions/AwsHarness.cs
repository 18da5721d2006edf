using System.Text;
using System.Text.Json;
using CallCenter.Api;
using CallCenter.Api.Http;
using CallCenter.Api.StepFunctions;
using CallCenter.Tests.Api;

namespace CallCenter.Tests.StepFunctions;

/// <summary>The Step Functions API over a fake runtime.</summary>
internal sealed class AwsHarness
{
    public FakeClient Client { get; } = new();

    public List<Exception> Errors { get; } = [];

    /// <summary>Calls an operation.</summary>
    public Task<ApiResponse> SendAsync(string operation, object body)
    {
        var options = new ApiOptions { HostName = "test", Workflows = TestWorkflows.Served, OnError = (error, _) => Errors.Add(error) };
        return new StepFunctionsApi(new StepFunctionsOptions(options)).HandleAsync(new ApiRequest
        {
            Method = "POST",
            Path = "/aws",
            BaseUri = "http://localhost",
            Header = name => name == StepFunctionsApi.Target ? $"AWSStepFunctions.{operation}" : null,
            Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body)),
        }, Client);
    }

    /// <summary>Calls an operation, and gives the body of its answer.</summary>
    public async Task<JsonElement> CallAsync(string operation, object body)
    {
        var response = await SendAsync(operation, body);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status == 200, text);
        return JsonElement.Parse(text);
    }
}
