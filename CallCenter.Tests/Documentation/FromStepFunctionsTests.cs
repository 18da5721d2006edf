using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallCenter.Durable;
using CallCenter.Durable.Definition;
using CallCenter.Tests.Definition;
using CallCenter.Tests.Workflows.StateTypes;

namespace CallCenter.Tests.Documentation;

/// <summary>
/// docs/from-step-functions.md shows code that is compiled and run (by StateTypeConformance, on every runtime), beside Amazon States Language that is the
/// export of the same workflow.
/// </summary>
public sealed partial class FromStepFunctionsTests
{
    private static readonly Dictionary<string, IWorkflow> Examples = new IWorkflow[]
    {
        new TaskExample(), new ResultPathExample(), new ChoiceExample(), new EndExample(), new PassExample(), new WaitExample(), new ParallelExample(), new MapExample(),
        new RetryExample(0), new CatchExample(new IOException()), new LoopExample(),
    }.ToDictionary(example => example.Name);

    private static readonly string Document = Read("docs", "from-step-functions.md");

    private static readonly Dictionary<string, string> Regions = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "CallCenter.Tests", "Workflows", "StateTypes"), "*.cs")
        .SelectMany(file => RegionPattern().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
        .ToDictionary(region => region.Groups["name"].Value, region => Outdented(region.Groups["code"].Value));

    [Fact]
    public void Code_OfTheDocument_IsThatOfTheExamples() =>
        Assert.Equal(Regions.Values.Order(), BlockPattern().Matches(Document).Where(block => block.Groups["kind"].Value == "csharp").Select(Text).Order());

    [Fact]
    public void StatesLanguage_OfTheDocument_IsTheExamplesExport()
    {
        var exported = Exported().ToList();

        Assert.Equal(Examples.Keys.Order(), exported.Select(block => block.Example).Distinct().Order());
        Assert.All(exported, block =>
        {
            var states = JsonNode.Parse(AmazonStatesLanguage.Export(Examples[block.Example].Definition))!["States"]!;
            Assert.All(JsonNode.Parse($"{{{block.Text}}}")!.AsObject(), state => Assert.Equal(states[state.Key]?.ToJsonString(), state.Value!.ToJsonString()));
        });
    }

    [StateMachineFact]
    public async Task StatesLanguage_OfTheDocument_IsValid()
    {
        foreach (Match block in BlockPattern().Matches(Document).Where(block => block.Groups["kind"].Value == "json" && !block.Groups["example"].Success))
        {
            var states = JsonNode.Parse($"{{{Text(block)}}}")!.AsObject();
            var machine = new JsonObject { ["StartAt"] = states.First().Key, ["States"] = states };
            Assert.Empty((await StateMachineProgram.RunAsync(machine.ToJsonString())).Errors);
        }
    }

    [StateMachineTheory]
    [InlineData("TaskExample", """{"Name":"Ada"}""", "\"Hello Ada\"", "Greet", "guest => `Hello ${guest.Name}`")]
    [InlineData("ResultPathExample", """{"Id":"p","Weight":3}""", """{"Id":"p","Weight":3,"Price":6}""", "Quote", "parcel => 2 * parcel.Weight")]
    [InlineData("ChoiceExample", """{"Id":"p","Weight":19}""", """{"Id":"p","By":"post"}""", "Freight", By + "'freight' })", "Post", By + "'post' })")]
    [InlineData("ChoiceExample", """{"Id":"p","Weight":20}""", """{"Id":"p","By":"freight"}""", "Freight", By + "'freight' })", "Post", By + "'post' })")]
    [InlineData("EndExample", """{"Id":"p","Weight":99}""", """{"Id":"p","Weight":99}""")]
    [InlineData("PassExample", """{"Id":"p","Weight":3}""", """{"Id":"p","Weight":3,"Price":5}""")]
    [InlineData("WaitExample", """{"Id":"p","Until":"2020-01-01T00:00:00Z"}""", """{"Id":"p","Until":"2020-01-01T00:00:00Z"}""")]
    [InlineData("ParallelExample", """{"Id":"p"}""", """["address known","credit good"]""", "CheckAddress", "() => 'address known'", "CheckCredit", "() => 'credit good'")]
    [InlineData("MapExample", """{"Items":["pen","cup","hat"]}""", """["pen packed","cup packed","hat packed"]""", "Pack", "item => `${item} packed`")]
    [InlineData("MapExample", """{"Items":[]}""", "[]", "Pack", "item => item")]
    [InlineData("RetryExample", """{"Id":"p"}""", """{"Id":"p","By":"post"}""",
        "Post", "parcel => { if ((globalThis.n = (globalThis.n ?? 0) + 1) < 3) throw new Error('closed'); return { Id: parcel.Id, By: 'post' }; }")]
    [InlineData("CatchExample", """{"Id":"p"}""", """{"Id":"p","By":"courier"}""",
        "Post", "() => { throw Object.assign(new Error('closed'), { name: 'System.IO.IOException' }); }", "Courier", By + "'courier' })")]
    [InlineData("LoopExample", """{"Id":"j","Status":0,"Message":""}""", """{"Id":"j","Status":1,"Message":"weewc"}""",
        "Work", "job => { const s = [0, null, 1][[...job.Message].filter(c => c == 'e').length]; if (s === null) throw new Error('dead'); return { Id: job.Id, Status: s, Message: job.Message + 'w' }; }",
        "Close", "job => ({ ...job, Message: job.Message + 'c' })",
        "Escalate", "job => ({ Id: job.Id, Status: job.Status, Message: job.Message + 'e' })")]
    public async Task StatesLanguage_OfTheDocument_DoesWhatTheCodeDoes(string example, string input, string output, params string[] lambdas)
    {
        var answer = await StateMachineProgram.RunAsync(
            AmazonStatesLanguage.Export(Examples[example].Definition), input, lambdas.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]));

        Assert.Empty(answer.Errors);
        Assert.Null(answer.Failure);
        Assert.Equal(output, answer.Output);
    }

    [StateMachineFact]
    public async Task StatesLanguage_FailOfTheDocument_FailsAsTheCodeDoes()
    {
        var answer = await StateMachineProgram.RunAsync(AmazonStatesLanguage.Export(Examples["EndExample"].Definition), """{"Id":"p","Weight":100}""");

        Assert.EndsWith("Nobody carries that.", answer.Failure, StringComparison.Ordinal);
    }

    private const string By = "parcel => ({ Id: parcel.Id, By: ";

    private static IEnumerable<(string Example, string Text)> Exported() => BlockPattern().Matches(Document)
        .Where(block => block.Groups["example"].Success).Select(block => (block.Groups["example"].Value, Text(block)));

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");

    private static string Text(Match block) => block.Groups["text"].Value;

    private static string Outdented(string code)
    {
        var lines = code.Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? "" : line[indent..]));
    }

    [GeneratedRegex(@"^ *// <(?<name>\w+)>\n(?<code>.*?)\n *// </\k<name>>", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex RegionPattern();

    /// <summary>A block of code, behind a comment with its example's name where it is an export.</summary>
    [GeneratedRegex(@"(?:<!-- (?<example>\w+) -->\n)?```(?<kind>csharp|json)\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
