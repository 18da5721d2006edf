using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Backup;
using static CallCenter.Tests.Storage.StoreTesting;

namespace CallCenter.Tests.Storage;

/// <summary>A copy of a store in use: whole or refused, whatever happens when, and the store never knows.</summary>
public sealed class StoreBackupTests
{
    private const int MostOperations = 2000;

    private static readonly StoreOptions Options = SmallSegments;

    private static readonly StoreOptions OfCopy = Options with { Folder = "/copy" };

    private readonly TestDisk _disk = new(1);
    private readonly TestDisk _copy = new(2);

    [Fact]
    public async Task Backup_OfAStoreInUse_HoldsEverythingAndChangesNothing()
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        var (paths, written) = (_disk.Paths, _disk.WrittenBytes);

        var result = Backup(_copy);

        Assert.Equal(result.Segments, result.Copied);
        Assert.Equal(paths, _disk.Paths);
        Assert.Equal(written, _disk.WrittenBytes);
        Assert.Equal(Content(store, Unfinished("a")), await ContentAsync(_copy));
    }

    [Fact]
    public async Task Backup_OnceMore_CopiesWhatIsNewAndDropsWhatIsGone()
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        Backup(_copy);
        await LiveAsync(store, "b");
        var written = _copy.WrittenBytes;

        var second = Backup(_copy);
        var third = Backup(_copy);

        Assert.InRange(second.Copied, 2, second.Segments - 2);
        Assert.True(_copy.WrittenBytes > written);
        Assert.Equal(1, third.Copied);
        Assert.Equal(Content(store, Unfinished("a", "b")), await ContentAsync(_copy));
    }

    [Fact]
    public async Task Backup_AfterCompaction_DropsTheSegmentsThatAreGone()
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        Backup(_copy);
        await PurgeAsync(store, "a");
        await store.RunUpkeepAsync(CancellationToken.None);

        Backup(_copy);

        Assert.Equal(
            _disk.Paths.Where(IsJournal).Select(path => Path.GetFileName(path)), _copy.Paths.Where(IsJournal).Select(path => Path.GetFileName(path)));
        Assert.Equal(Content(store, Unfinished("a")), await ContentAsync(_copy));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backup_CutAtEveryOperation_IsWholeOrRefusedAndGoesOn(bool losePower)
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        var first = Content(store, Unfinished("a"));
        Backup(_copy);
        await LiveAsync(store, "b");
        await PurgeAsync(store, "a");
        await store.RunUpkeepAsync(CancellationToken.None);
        var second = Content(store, Unfinished("a", "b"));
        var (written, seen) = (_disk.WrittenBytes, new HashSet<string>());

        for (var cut = 1; cut < MostOperations; cut++)
        {
            var copy = _copy.Copy(cut);
            EndAt(copy, cut, losePower);
            var isCut = IsCut(() => Backup(copy), copy);
            copy.Restart(losePower);
            try
            {
                var found = await ContentAsync(copy.Copy(cut));
                Assert.Contains(found, new[] { first, second });
                seen.Add(found == first ? "first" : "second");
            }
            catch (StoreFolderException refused)
            {
                Assert.Contains("a backup that was not finished. Run the backup once more", refused.Message, StringComparison.Ordinal);
                seen.Add("refused");
            }
            Backup(copy);
            Assert.Equal(second, await ContentAsync(copy));
            if (isCut)
                continue;

            Assert.Equal(["first", "refused", "second"], seen.Order());
            Assert.Equal(written, _disk.WrittenBytes);
            return;
        }

        Assert.Fail("It never came to an end.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FirstBackup_CutAtEveryOperation_IsNeverTakenForAnEmptyFolder(bool losePower)
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        var whole = Content(store, Unfinished("a"));
        for (var cut = 1; cut < MostOperations; cut++)
        {
            var copy = new TestDisk(cut);
            EndAt(copy, cut, losePower);
            var isCut = IsCut(() => Backup(copy), copy);
            copy.Restart(losePower);
            // Before there is a word of it on the disk, the folder is as empty as it was.
            if (copy.Paths.Contains("/copy/backup"))
            {
                try
                {
                    Assert.Equal(whole, await ContentAsync(copy.Copy(cut)));
                }
                catch (StoreFolderException refused)
                {
                    Assert.Contains("a backup that was not finished", refused.Message, StringComparison.Ordinal);
                }
            }
            else
                Assert.DoesNotContain(copy.Paths, path => IsJournal(path) || path.EndsWith(".journal.tmp", StringComparison.Ordinal));
            if (isCut)
                continue;
            return;
        }

        Assert.Fail("It never came to an end.");
    }

    [Fact]
    public async Task Backup_OfAJournalThatWasRestoredAndWentOn_IsTheNewOne()
    {
        TestDisk restored;
        await using (var store = await OpenAsync(Options, _disk))
        {
            await LiveAsync(store, "a");
            restored = _disk.Copy(3);
            await LiveAsync(store, "b");
            Backup(_copy);
        }
        await using var other = await OpenAsync(Options, restored);
        await LiveAsync(other, "c");

        new JournalBackup(Options, restored, "/copy", _copy).Run(CancellationToken.None);

        Assert.Equal(Content(other, Unfinished("a", "c")), await ContentAsync(_copy));
    }

    [Fact]
    public async Task Backup_OfAJournalThatWentOnOtherwiseAtTheSameLength_IsTheNewOne()
    {
        await using (var store = await OpenAsync(Options, _disk))
            await LiveAsync(store, "a");
        var restored = _disk.Copy(3);
        await using (var store = await OpenAsync(Options, _disk))
        {
            await LiveAsync(store, "b");
            Backup(_copy);
        }
        await using var other = await OpenAsync(Options, restored);
        await LiveAsync(other, "c");

        new JournalBackup(Options, restored, "/copy", _copy).Run(CancellationToken.None);

        Assert.Equal(Content(other, Unfinished("a", "c")), await ContentAsync(_copy));
    }

    [Fact]
    public async Task Backup_OverAStoreThatWasStarted_IsRefused()
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        Backup(_copy);
        await using (var restored = await OpenAsync(OfCopy, _copy))
            await restored.FinishAsync(await restored.StartAsync("only here"), "of its own");
        var before = await ContentAsync(_copy.Copy(1));

        var refused = Assert.Throws<StoreFolderException>(() => Backup(_copy));

        Assert.Contains("holds a journal that is no backup, or on which a program was started since", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync(_copy));
    }

    [Fact]
    public async Task Backup_IntoAFolderInUse_IsRefused()
    {
        await using var store = await OpenAsync(Options, _disk);
        Backup(_copy);
        await using var restored = await OpenAsync(OfCopy, _copy);

        Assert.Throws<StoreLockedException>(() => Backup(_copy));
    }

    [Fact]
    public async Task Backup_DamagedSegment_IsRefusedAndTheCopyOfBeforeStays()
    {
        await using var store = await OpenAsync(Options, _disk);
        await LiveAsync(store, "a");
        var first = Content(store, Unfinished("a"));
        Backup(_copy);
        await LiveAsync(store, "b");
        await store.RunUpkeepAsync(CancellationToken.None);
        var sealedLast = _disk.Paths.Where(IsJournal).SkipLast(1).Last();
        Assert.Contains(Path.ChangeExtension(sealedLast, ".index"), _disk.Paths);
        _disk.Content(sealedLast)[600] ^= 0xFF;

        var damage = Assert.Throws<StoreDamagedException>(() => Backup(_copy));

        Assert.Equal(sealedLast, damage.File);
        Assert.Equal(first, await ContentAsync(_copy));
    }

    [Fact]
    public void Backup_OfNothing_IsRefused() =>
        Assert.Contains("holds no journal", Assert.Throws<StoreFolderException>(() => Backup(_copy)).Message, StringComparison.Ordinal);

    private BackupResult Backup(TestDisk to) => new JournalBackup(Options, _disk, "/copy", to).Run(CancellationToken.None);

    private static bool IsJournal(string path) => path.EndsWith(".journal", StringComparison.Ordinal);

    private static void EndAt(TestDisk disk, int operation, bool losePower)
    {
        if (losePower)
            disk.CutAt = operation;
        else
            disk.KillAt = operation;
    }

    private static bool IsCut(Action backup, TestDisk disk)
    {
        try
        {
            backup();
        }
        catch (Exception) when (disk.IsOff)
        {
            // See there.
        }
        return disk.IsOff;
    }

    /// <summary>Instances that end, one that does not, and sealed segments with their indexes.</summary>
    private static async Task LiveAsync(InstanceStore store, string name)
    {
        var open = await store.StartAsync($"{name} open", $"{name}: first");
        for (var i = 0; i < 12; i++)
            await store.FinishAsync(await store.StartAsync($"{name} {i}", $"{name}: start"), new string((char)('a' + i), 300));
        await store.AppendAsync(open, "second");
        await store.RunUpkeepAsync(CancellationToken.None);
    }

    private static async Task PurgeAsync(InstanceStore store, string name)
    {
        for (var i = 0; i < 11; i++)
            await store.DurableAsync(store.Purge(store.Find($"{name} {i}")!.Value.Number));
    }

    private static string Unfinished(params string[] names) => string.Join('\n', names.Select(name => $"{name} open: {name}: first, second"));

    private static string Content(InstanceStore store, string unfinished) => string.Join('\n',
        store.NewestFirst(statuses: [.. IInstanceStore.Ended]).Select(entry => store.ReadArchive(entry)!).Select(archive => $"{archive.Id}: {Text(archive.Payload)}")
            .Order(StringComparer.Ordinal).Append(unfinished));

    private static async Task<string> ContentAsync(TestDisk disk)
    {
        await using var store = await OpenAsync(OfCopy, disk);
        var unfinished = store.TakeUnfinished().Select(one => $"{one.Id}: {string.Join(", ", one.Payloads.Select(payload => Text(payload)))}");
        return Content(store, string.Join('\n', unfinished));
    }
}
