using System.Net;
using System.Text.Json;
using CallCenter.Functions.Http;
using CallCenter.Functions.Tests.Adapters;
using CallCenter.Functions.Tests.Build;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Http;

/// <summary>The Step Functions API of this host: closed until it has a key of its own, and open to whoever signs with that.</summary>
public sealed class StepFunctionsFunctionTests
{
    private const string Secret = "a-secret/of+its=own";

    [Fact]
    public async Task Call_NoKeyIsSet_IsClosedWhoeverCalls()
    {
        var (status, body) = await CallAsync(Secret);

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDeniedException"), (status, body.GetProperty("__type").GetString()));
        Assert.Contains("CallCenter__AwsSecretKey", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_SignedWithTheKey_IsAnswered()
    {
        var (status, body) = await CallAsync(Secret, ("CallCenter:AwsSecretKey", Secret));

        Assert.Equal((HttpStatusCode.OK, 2), (status, body.GetProperty("stateMachines").GetArrayLength()));
    }

    [Theory]
    [InlineData("another", "InvalidSignatureException")]
    [InlineData(null, "MissingAuthenticationTokenException")]
    public async Task Call_NotSignedWithTheKey_IsRefused(string? secret, string type)
    {
        var (_, body) = await CallAsync(secret, ("CallCenter:AwsSecretKey", Secret));

        Assert.Equal(type, body.GetProperty("__type").GetString());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string? secret, params (string Name, string Value)[] settings)
    {
        var request = new FakeRequest("POST", "/aws", "{}");
        using var signed = AwsSigner.Call(request.Url, "ListStateMachines", "{}");
        if (secret is not null)
            await AwsSigner.SignAsync(signed, secret);
        request.Headers.Add("Host", request.Url.Authority);
        foreach (var (name, values) in signed.Headers.Concat(signed.Content!.Headers))
            request.Headers.TryAddWithoutValidation(name, values);

        var functions = new HostFunctions(App.Services(settings).GetRequiredService<ApiBridge>());
        var response = (FakeResponse)await functions.AnswerStepFunctionsAsync(request, new SdkClient().Mock.Object);

        return (response.StatusCode, JsonElement.Parse(response.Text));
    }
}
