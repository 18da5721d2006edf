using System.Text.RegularExpressions;

namespace CallCenter.Functions.Tests.Build;

/// <summary>
/// Looks through all code that runs inside an orchestration. On Durable Functions a wrong await there fails nothing and logs
/// nothing: the case is left running for ever. And a clock or a random number there breaks replay.
/// </summary>
public sealed partial class OrchestratorCodeTests
{
    [GeneratedRegex("""
        \b(ConfigureAwait|ContinueWith|WhenAny|TaskCompletionSource|SemaphoreSlim|Thread|ThreadPool|Parallel|Random|Stopwatch|TimeProvider|Environment|File|HttpClient)\b
        |\bTask\s*\.\s*(Delay|Run|Factory|Yield)\b
        |\b(DateTime|DateTimeOffset)\s*\.\s*(Now|UtcNow|Today)\b
        |\bGuid\s*\.\s*(NewGuid|CreateVersion7)\b
        |\.\s*(Result|Wait\(|GetAwaiter\()
        |(?<!\bsteps)\.\s*WaitAsync\(
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    private static readonly string[] Scanned = [.. Repository.Sources("CallCenter.Workflows")
        .Where(file => file.EndsWith("Workflow.cs", StringComparison.Ordinal))
        .Concat(Repository.Sources("CallCenter.Durable", "Execution"))
        .Append(Path.Combine(Repository.Root, "CallCenter.Durable", "Workflow.cs"))
        .Concat(Repository.Sources("CallCenter.Functions", "Orchestration"))
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    public static TheoryData<string> Files => [.. Scanned];

    private static string[] Faults(string code) => [.. Forbidden().Matches(Comment().Replace(code, "")).Select(match => match.Value)];

    [Theory]
    [MemberData(nameof(Files))]
    public void OrchestratorCode_AwaitsAndReadsNothingButItsContext(string file) =>
        Assert.Empty(Faults(File.ReadAllText(Path.Combine(Repository.Root, file))));

    [Theory]
    [InlineData("await task.ConfigureAwait(false);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Run(Work);")]
    [InlineData("task.ContinueWith(Next);")]
    [InlineData("await Task.WhenAny(one, other);")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("return task.Result;")]
    [InlineData("await task.WaitAsync(time);")]
    public void Scan_ForbiddenCode_IsFound(string code) => Assert.Single(Faults(code));

    [Fact]
    public void Scan_Comments_MaySpeakOfIt() => Assert.Empty(Faults("/// no <c>ConfigureAwait(false)</c>, no Task.Delay"));

    [Fact]
    public void Scan_Files_HoldTheWorkflowsTheirStepsAndTheAdapter()
    {
        Assert.Contains(Path.Combine("CallCenter.Workflows", "SupportTicket", "SupportTicketWorkflow.cs"), Scanned);
        Assert.Contains(Path.Combine("CallCenter.Durable", "Execution", "Steps.cs"), Scanned);
        Assert.Contains(Path.Combine("CallCenter.Workflows", "CallCenter", "CallCenterWorkflow.cs"), Scanned);
        Assert.Contains(Path.Combine("CallCenter.Functions", "Orchestration", "DurableOrchestrationContext.cs"), Scanned);
    }
}
