using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Definition;

namespace CallCenter.Tests.Definition;

public sealed class AmazonStatesLanguageTests
{
    private static JsonNode Exported { get; } = JsonNode.Parse(AmazonStatesLanguage.Export(Orders.Definition))!;

    [Theory]
    [InlineData("Prepare", """{"Type":"Pass","Result":{"delay":1,"express":true,"weight":3,"items":["pen","cup"]},"Next":"Cool down"}""")]
    [InlineData("Cool down", """{"Type":"Wait","SecondsPath":"$.delay","Next":"Check"}""")]
    [InlineData("How to ship",
        """{"Type":"Choice","Choices":[{"And":[{"Variable":"$.express","BooleanEquals":true},{"Not":{"Variable":"$.weight","NumericGreaterThanEquals":10}}],"Next":"Fly"}],"Default":"Drive"}""")]
    [InlineData("Shipped", """{"Type":"Succeed"}""")]
    [InlineData("Refused", """{"Type":"Fail","Error":"OrderRefused","Cause":"A check failed."}""")]
    public void Export_OfAState_HasWhatItsTypeNeeds(string state, string expected) =>
        Assert.Equal(expected, Exported["States"]![state]!.ToJsonString());

    [Fact]
    public void Export_OfAParallelState_HasItsBranches()
    {
        var check = Exported["States"]!["Check"]!;

        Assert.Equal(["Type", "Branches", "ResultPath", "Catch", "Next"], check.AsObject().Select(member => member.Key));
        Assert.Equal(["Check stock", "Breathe"], check["Branches"]!.AsArray().Select(branch => (string?)branch!["StartAt"]));
        Assert.Equal("""{"Type":"Wait","Seconds":1,"Next":"Check credit"}""", check["Branches"]![1]!["States"]!["Breathe"]!.ToJsonString());
        Assert.True((bool)check["Branches"]![1]!["States"]!["Check credit"]!["End"]!);
        Assert.Equal("""[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Refused"}]""", check["Catch"]!.ToJsonString());
    }

    [Fact]
    public void Export_OfAMapState_HasItsItemProcessor()
    {
        var pack = Exported["States"]!["Pack each"]!;

        Assert.Equal(["Type", "ItemsPath", "ItemProcessor", "ResultPath", "Next"], pack.AsObject().Select(member => member.Key));
        Assert.Equal("Pack", (string?)pack["ItemProcessor"]!["StartAt"]);
        Assert.Equal("Task", (string?)pack["ItemProcessor"]!["States"]!["Pack"]!["Type"]);
    }

    [Fact]
    public void Export_WithoutOptions_NamesLambdaFunctionsOfAnAccountThatIsNobodys() =>
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:OpenCase", Resource(AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition)));

    [Fact]
    public void Export_WithOptions_NamesTheirRegionAndAccount() => Assert.Equal(
        "arn:aws:lambda:eu-central-1:000000000042:function:OpenCase",
        Resource(AmazonStatesLanguage.Export(TestWorkflows.CallCenter().Definition, new("eu-central-1", "000000000042"))));

    [Theory]
    [InlineData("REGION", "123456789012", "'REGION' is not an AWS region. A region looks like us-east-1. (Parameter 'region')")]
    [InlineData("us-east-1", "ACCOUNT_ID", "'ACCOUNT_ID' is not an AWS account. An account has twelve digits. (Parameter 'account')")]
    [InlineData("us-east-1\n", "123456789012", "'us-east-1\n' is not an AWS region. A region looks like us-east-1. (Parameter 'region')")]
    public void Options_ThatCannotBe_AreRefused(string region, string account, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new AmazonStatesLanguageOptions(region, account)).Message);

    [Fact]
    public void Export_WithoutARetryPolicy_HasNone() => Assert.DoesNotContain(
        "Retry",
        AmazonStatesLanguage.Export(new("W", "", "A", [new("A", StateType.Task, "Do") { End = true }], [])),
        StringComparison.Ordinal);

    [Fact]
    public void Export_StateThatOnlyAnOptionLeadsTo_IsLeftOut()
    {
        var definition = new WorkflowDefinition(
            "W",
            "",
            "A",
            [new("A", StateType.Task, "Do") { End = true }, new("B", StateType.Task, "Do") { End = true }],
            [new("A", "B", TransitionKind.Option)]);

        Assert.Equal(["A"], JsonNode.Parse(AmazonStatesLanguage.Export(definition))!["States"]!.AsObject().Select(state => state.Key));
    }

    [Fact]
    public void Json_OfEveryStateType_IsReadBackAsTheSame()
    {
        var json = JsonSerializer.Serialize(Orders.Definition, DefinitionJson.Default.WorkflowDefinition);
        var read = JsonSerializer.Deserialize(json, DefinitionJson.Default.WorkflowDefinition);

        Assert.Equal(json, JsonSerializer.Serialize(read!, DefinitionJson.Default.WorkflowDefinition));
    }

    private static string? Resource(string exported) => (string?)JsonNode.Parse(exported)!["States"]!["Open Case"]!["Resource"];
}
