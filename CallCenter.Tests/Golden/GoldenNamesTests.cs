using System.Security.Cryptography;
using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.Golden;

/// <summary>A data folder whose index files hold the names of two orchestrations gives both lists as it did then.</summary>
public sealed class GoldenNamesTests : IDisposable
{
    private const string Format = "Format2";
    private readonly GoldenFolder _folder = new(Format);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_OfTheFormat_AreAsTheyWereMade()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(GoldenFolder.Of("journal", Format)).Order(StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            all.AppendData(File.ReadAllBytes(path));
        }

        // They are never made anew: see README.md here.
        Assert.Equal("c4beedfd4c847d7ded1afba417d6849abf42c87a242bfe7b0eb38f85c0a0ea83", Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_WithOrWithoutItsIndexFiles_ListsEachOrchestration(bool hasIndexFiles)
    {
        if (!hasIndexFiles)
            Array.ForEach(_folder.Files(".index"), File.Delete);

        await using var program = await GoldenProgram.StartAsync(_folder.Path);

        await AssertListAsync(program, "Rare-電話", ["rare-done", "rare-rewound", "rare-failed", "rare-waiting"], completed: 1, failed: 2, terminated: 0, running: 0, suspended: 1);
        await AssertListAsync(
            program, "Common", ["common-running", .. Enumerable.Range(0, 20).Reverse().Select(i => $"common-{i}"), "common-waiting"], completed: 20, failed: 0, terminated: 1, running: 1, suspended: 0);
    }

    private static async Task AssertListAsync(GoldenProgram program, string name, string[] ids, long completed, long failed, long terminated, long running, long suspended)
    {
        var page = await program.Client.QueryAsync(new OrchestrationQuery { Name = name }, CancellationToken.None);

        Assert.Equal(ids, page.Instances.Select(state => state.InstanceId));
        Assert.All(page.Instances, state => Assert.Equal(name, state.Name));
        OrchestrationRuntimeStatus[] statuses =
        [
            OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
            OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        ];
        Assert.Equal([completed, failed, terminated, running, suspended], statuses.Select(status => page.Counts!.GetValueOrDefault(status)));
    }
}
