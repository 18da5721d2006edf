using CallCenter.Runtime.Storage;

namespace CallCenter.Tests.Storage;

public sealed class UnwritableTests
{
    [Theory]
    [InlineData(28, "the disk is full.")]
    [InlineData(unchecked((int)0x80070070), "the disk is full.")]
    [InlineData(unchecked((int)0x80070027), "the disk is full.")]
    [InlineData(122, "the disk quota is used up.")]
    [InlineData(30, "the disk is read-only.")]
    [InlineData(5, "write error; the log of the host says more.")]
    public void Why_ErrorOfTheSystem_IsNamedWithoutAnyPath(int error, string why) =>
        Assert.Equal(why, Unwritable.Why(new IOException("No space left on device : '/srv/secret/journal'", error)));

    [Fact]
    public void Why_AccessDenied_IsNamedWithoutAnyPath() =>
        Assert.Equal("access was denied.", Unwritable.Why(new UnauthorizedAccessException("Access to the path '/srv/secret' is denied.")));

    [Fact]
    public void Why_DeviceThatIsAlwaysFull_IsFull()
    {
        // Linux has one.
        if (!File.Exists("/dev/full"))
            return;
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        var failure = Assert.ThrowsAny<IOException>(() => RandomAccess.Write(full, "x"u8, 0));

        Assert.Equal("the disk is full.", Unwritable.Why(failure));
    }
}
