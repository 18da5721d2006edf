using System.Text.Json;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

/// <summary>Both runtimes must write the same JSON, whatever serializer options a host sets: histories outlive hosts.</summary>
public sealed class JsonNamesTests
{
    public static TheoryData<JsonSerializerOptions> HostOptions =>
    [
        JsonSerializerOptions.Default,
        JsonSerializerOptions.Web,
        new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper },
        new JsonSerializerOptions { PropertyNameCaseInsensitive = true },
    ];

    [Theory]
    [MemberData(nameof(HostOptions))]
    public void CaseInput_AnyOptions_WritesTheSameNames(JsonSerializerOptions options) => Assert.Equal(
        """{"inputCaseID":"001","workMode":"agent","agentDeadlineSeconds":1800,"onEscalation":"workAgain","maxAttempts":5,"retry":{"maxAttempts":3,"firstDelaySeconds":1,"backoff":2}}""",
        JsonSerializer.Serialize(new CaseInput { InputCaseId = "001", WorkMode = WorkMode.Agent, OnEscalation = OnEscalation.WorkAgain }, options));

    [Theory]
    [MemberData(nameof(HostOptions))]
    public void SupportCase_AnyOptions_WritesTheTutorialsNames(JsonSerializerOptions options)
    {
        Assert.Equal("""{"Case":"001","Message":"Case 001: opened..."}""", JsonSerializer.Serialize(SupportCase.Open("001"), options));
        Assert.Equal(SupportCase.Open("001").Work(1), JsonSerializer.Deserialize<SupportCase>("""{"Case":"001","Status":1,"Message":"Case 001: opened...resolved..."}""", options));
    }

    [Fact]
    public void CaseWorked_WithoutResolved_IsNoAnswer() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CaseWorked>("{}"));
}
