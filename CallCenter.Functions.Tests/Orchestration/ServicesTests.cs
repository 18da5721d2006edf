using CallCenter.Api.Workflows;
using CallCenter.Durable.Settings;
using CallCenter.Functions.Tests.Build;
using CallCenter.Workflows.CallCenter;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Functions.Tests.Orchestration;

/// <summary>The app's services: its activities, and the settings that they and the contract go by.</summary>
public sealed class ServicesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public async Task WorkOnCase_ProbabilityOfTheSettings_Decides(string probability, int status)
    {
        await using var services = App.Services(("CallCenter:ResolveProbability", probability));
        var functions = ActivatorUtilities.CreateInstance<CallCenterFunctions>(services);
        var opened = await functions.OpenCaseAsync(new CaseInput { InputCaseId = "001" }, default);
        var assigned = await functions.AssignCaseAsync(opened, default);

        var worked = await functions.WorkOnCaseAsync(assigned, default);

        Assert.Equal(status, worked.Status);
        Assert.EndsWith("closed.", (await functions.CloseCaseAsync(worked, default)).Message, StringComparison.Ordinal);
        Assert.EndsWith("escalating.", (await functions.EscalateCaseAsync(worked, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_OfTheSettings_AreTheContracts()
    {
        using var services = App.Services(("CallCenter:WorkMode", "agent"), ("CallCenter:Retry:MaxAttempts", "7"));

        var properties = services.GetServices<ServedWorkflow>().First().Input.Json["properties"]!;

        Assert.Equal("agent", properties["workMode"]!["default"]!.GetValue<string>());
        Assert.Equal(7, properties["retry"]!["properties"]!["maxAttempts"]!["default"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("CallCenter:ResolveProbability", "1.5")]
    [InlineData("CallCenter:ResolveProbability", "often")]
    [InlineData("CallCenter:WorkSeconds", "-1")]
    [InlineData("CallCenter:MaxAttempts", "0")]
    [InlineData("CallCenter:Tickets:Retry:MaxAttempts", "0")]
    [InlineData("CallCenter:Assignments", "Server=here")]
    [InlineData("CallCenter:Mail:Port", "0")]
    [InlineData("CallCenter:PublicUrl", "cases.example.com")]
    [InlineData("CallCenter:PublicUrl", "https://example.com/?a=b")]
    public void Settings_WrongValue_StopTheStart(string name, string value) =>
        Assert.Contains(name, Assert.Throws<InvalidSettingException>(() => App.Services((name, value))).Message, StringComparison.Ordinal);
}
