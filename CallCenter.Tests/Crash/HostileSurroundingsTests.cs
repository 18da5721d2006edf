using System.Net;
using System.Net.Sockets;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>Nobody reads what the program prints, or somebody takes all its connections: it goes on.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class HostileSurroundingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SignalFact]
    public async Task Log_NobodyReadsIt_CasesAreStartedAndTheProgramEnds()
    {
        await using var program = await StandaloneProgram.StartUnreadAsync(_folder.Path, "--Logging:LogLevel:Default", "Information");

        await Parallel.ForEachAsync(Enumerable.Range(0, 4000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            Assert.Equal(HttpStatusCode.Accepted, await program.Http.StartAsync(new { inputCaseID = "1" }, $"case-{number}")));
        await program.TerminateAsync();

        Assert.Equal(0, await program.ExitAsync());
    }

    [SignalFact]
    public async Task Connections_MoreThanTheProcessMayHave_AreClosedAndTheProgramLives()
    {
        const int files = 1024;
        const int most = 512;
        await using var program = await StandaloneProgram.StartWithFilesAsync(_folder.Path, files);
        Assert.Contains($"At most {most} connections at a time, not 1000", program.Output, StringComparison.Ordinal);
        var idle = new List<TcpClient>();
        for (var number = 0; number < 1500; number++)
            idle.Add(await program.ConnectAsync(""));

        await Eventually.TrueAsync(() => Task.FromResult(program.HasExited || idle.Count(IsClosed) >= idle.Count - most));
        idle.ForEach(connection => connection.Dispose());
        await Eventually.TrueAsync(async () => await AnswersAsync(program));
    }

    private static bool IsClosed(TcpClient connection) => connection.Client.Poll(0, SelectMode.SelectRead);

    private static async Task<bool> AnswersAsync(StandaloneProgram program)
    {
        Assert.False(program.HasExited, program.Output);
        try
        {
            using var health = await program.Http.GetAsync(new Uri("/api/health", UriKind.Relative));
            return health.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
