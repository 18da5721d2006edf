using System.Text.Json;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Workflows.CallCenter;

public sealed class CaseDefaultsTests
{
    [Fact]
    public void Read_NothingSet_IsBuiltIn() => Assert.Equal(new CaseInput { InputCaseId = "1" }, Read(_ => null));

    [Fact]
    public void Read_AllSet_IsTaken()
    {
        var settings = new Dictionary<string, string?>
        {
            ["CallCenter:WorkMode"] = "Agent",
            ["CallCenter:OnEscalation"] = "workAgain",
            ["CallCenter:MaxAttempts"] = "2",
            ["CallCenter:AgentDeadlineSeconds"] = " 60 ",
            ["CallCenter:Retry:MaxAttempts"] = "1",
            ["CallCenter:Retry:FirstDelaySeconds"] = "0.5",
            ["CallCenter:Retry:Backoff"] = "",
        };

        Assert.Equal(new CaseInput
        {
            InputCaseId = "1",
            WorkMode = WorkMode.Agent,
            OnEscalation = OnEscalation.WorkAgain,
            MaxAttempts = 2,
            AgentDeadlineSeconds = 60,
            Retry = new RetryOptions { MaxAttempts = 1, FirstDelaySeconds = 0.5 },
        }, Read(settings.GetValueOrDefault));
    }

    [Theory]
    [InlineData("CallCenter:WorkMode", "robot", "one of simulated, agent")]
    [InlineData("CallCenter:OnEscalation", "1", "one of fail, workAgain")]
    [InlineData("CallCenter:MaxAttempts", "21", "a whole number from 1 to 20")]
    [InlineData("CallCenter:AgentDeadlineSeconds", "1.5", "a whole number from 1 to 2592000")]
    [InlineData("CallCenter:Retry:MaxAttempts", "-1", "a whole number from 1 to 20")]
    [InlineData("CallCenter:Retry:FirstDelaySeconds", "0", "a number from 0.01 to 3600")]
    [InlineData("CallCenter:Retry:Backoff", "0,5", "a number from 1 to 10")]
    public void Read_WrongValue_StopsWithAClearSentence(string name, string value, string wanted) =>
        Assert.Equal(
            $"The setting {name} is '{value}'. It must be {wanted}.",
            Assert.Throws<InvalidSettingException>(() => Read(key => key == name ? value : null)).Message);

    /// <summary>The input of a case that says nothing but its id.</summary>
    private static CaseInput Read(Func<string, string?> setting)
    {
        var schema = TestWorkflows.Served[0].Input.WithDefaults(new SettingsReader(setting));
        return SchemaReader.Read(JsonElement.Parse("""{"inputCaseID":"1"}"""), schema, []).Deserialize(CaseJson.Default.CaseInput)!;
    }
}
