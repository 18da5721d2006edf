using CallCenter.Runtime.Storage;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>Whose folder it is: who may write in it, who may read it, and what in it is never touched.</summary>
public sealed class StoreFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StoreOptions Options => new() { NameOf = NameOf, Folder = _folder.Path, UpkeepInterval = Timeout.InfiniteTimeSpan };

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("letter.txt")]
    [InlineData("draft.tmp", "recovering")]
    [InlineData("1.journal")]
    [InlineData("0000000001.journal.bak", "lock")]
    [InlineData("photos/")]
    public async Task OpenAsync_FolderOfSomebodyElse_IsRefusedAndKeepsEveryFile(params string[] names)
    {
        foreach (var name in names)
            Put(name);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(Options));

        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        Assert.Equal(names.Select(name => name.TrimEnd('/')).Order(), Names());
        Assert.All(names.Where(name => !name.EndsWith('/')), name => Assert.Equal(name, File.ReadAllText(Path.Combine(_folder.Path, name))));
    }

    [Theory]
    [InlineData("lost+found/")]
    [InlineData(".gitkeep", ".DS_Store")]
    [InlineData("lock", "lock.owner", "next.tmp", "recovering", "starts")]
    public async Task OpenAsync_FolderThatIsAsGoodAsEmpty_IsTaken(params string[] names)
    {
        foreach (var name in names)
            Put(name);

        await using var store = await OpenAsync(Options);

        await store.StartAsync("one");
        Assert.All(names.Where(name => name != "next.tmp"), name => Assert.Contains(name.TrimEnd('/'), Names()));
    }

    [Fact]
    public async Task OpenAsync_OurFolderWithFilesOfOthers_LeavesThemAlone()
    {
        await using (await OpenAsync(Options))
        {
        }

        foreach (var name in new[] { "draft.tmp", "next.tmp", "0000000001.index.tmp", "1.journal", "mail/" })
            Put(name);
        await using (await OpenAsync(Options))
            Assert.Empty(new[] { "draft.tmp", "1.journal", "mail" }.Except(Names()));

        Assert.DoesNotContain("0000000001.index.tmp", Names());
        Assert.Equal("draft.tmp", File.ReadAllText(Path.Combine(_folder.Path, "draft.tmp")));
    }

    [Fact]
    public async Task OpenAsync_ASecondTimeWithoutTheLockFile_IsRefused()
    {
        // Nobody can delete it there.
        if (OperatingSystem.IsWindows())
            return;
        await using var first = await OpenAsync(Options);
        File.Delete(Path.Combine(_folder.Path, "lock"));

        await Assert.ThrowsAsync<StoreLockedException>(() => OpenAsync(Options));
    }

    [Fact]
    public async Task OpenAsync_NewFolder_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.Combine(_folder.Path, "data");
        await using (var store = await OpenAsync(Options with { Folder = folder }))
            await store.StartAsync("one");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var path in Directory.GetFiles(folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task OpenAsync_OurFolderOpenToOthers_IsTightened()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using (await OpenAsync(Options))
        {
        }

        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        foreach (var path in Directory.GetFiles(_folder.Path))
            File.SetUnixFileMode(path, ForAll);
        Put("foreign.txt");
        File.SetUnixFileMode(Path.Combine(_folder.Path, "foreign.txt"), ForAll);
        File.SetUnixFileMode(_folder.Path, ForAll | UnixFileMode.UserExecute);

        await using var store = await OpenAsync(Options);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        foreach (var path in Directory.GetFiles(_folder.Path))
            Assert.Equal(path.EndsWith(".txt", StringComparison.Ordinal) ? ForAll : UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    private IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order();

    private void Put(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        if (name.EndsWith('/'))
            Directory.CreateDirectory(path);
        else
            File.WriteAllText(path, name);
    }
}
