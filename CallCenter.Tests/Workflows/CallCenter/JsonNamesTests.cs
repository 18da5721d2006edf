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

    [Theory]
    [MemberData(nameof(HostOptions))]
    public void CaseProgress_AnyOptions_WritesTheSameNames(JsonSerializerOptions options)
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        var progress = new CaseProgress
        {
            State = "Work on Case",
            Attempt = 1,
            WaitingFor = CaseWorked.EventName,
            Deadline = time,
            Case = SupportCase.Open("001"),
            Steps = [new CaseStep { State = "Open Case", StartedAt = time, EndedAt = time, Attempt = 1, Added = "Case 001: opened..." }, new CaseStep { State = "Work on Case", StartedAt = time, Attempt = 1 }],
        };

        Assert.Equal(
            """{"state":"Work on Case","attempt":1,"waitingFor":"CaseWorked","deadline":"2026-01-02T03:04:05.678Z","case":{"Case":"001","Message":"Case 001: opened..."},"error":null,"steps":[{"state":"Open Case","startedAt":"2026-01-02T03:04:05.678Z","endedAt":"2026-01-02T03:04:05.678Z","attempt":1,"added":"Case 001: opened..."},{"state":"Work on Case","startedAt":"2026-01-02T03:04:05.678Z","endedAt":null,"attempt":1,"added":null}]}""",
            JsonSerializer.Serialize(progress, options));
    }

    [Fact]
    public void CaseWorked_WithoutResolved_IsNoAnswer() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CaseWorked>("{}"));
}
