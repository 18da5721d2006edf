using CallCenter.Runtime;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Runtime;

/// <summary>The file that remembers when the program was started.</summary>
public sealed class StartLogTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "starts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Within_SeveralStarts_GivesThoseBetweenBothTimes()
    {
        for (var hour = 0; hour < 4; hour++)
            _ = new StartLog(File, Noon.AddHours(hour));

        var starts = new StartLog(File, Noon.AddHours(4));

        Assert.Equal([Noon.AddHours(2), Noon.AddHours(3)], starts.Within(Noon.AddHours(1), Noon.AddHours(3)));
        Assert.Equal(DateTimeKind.Utc, starts.Within(Noon, null)[0].Kind);
        Assert.Equal(4, starts.Within(Noon, null).Count);
    }

    [Fact]
    public void Open_MoreStartsThanAreKept_KeepsTheNewest()
    {
        for (var minute = 0; minute <= StartLog.MostKept; minute++)
            _ = new StartLog(File, Noon.AddMinutes(minute));

        var starts = new StartLog(File, Noon.AddDays(1)).Within(Noon.AddDays(-1), null);

        Assert.Equal(StartLog.MostKept, starts.Count);
        Assert.Equal((Noon.AddMinutes(2), Noon.AddDays(1)), (starts[0], starts[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish\n\n2026-01-0\n")]
    [InlineData("\0\0\0\0")]
    public void Open_FileThatSaysNothing_BeginsAnew(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal([Noon], new StartLog(File, Noon).Within(Noon.AddDays(-1), null));
        Assert.Equal(2, new StartLog(File, Noon.AddHours(1)).Within(Noon.AddDays(-1), null).Count);
    }

    [Fact]
    public void Open_NoFile_KnowsItsOwnStart()
    {
        Assert.Equal([Noon], new StartLog(null, Noon).Within(Noon.AddDays(-1), null));
        Assert.Equal([Noon], new StartLog(Path.Combine(_folder.Path, "missing", "starts"), Noon).Within(Noon.AddDays(-1), null));
    }
}
