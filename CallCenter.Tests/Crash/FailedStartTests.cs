using System.Net;
using System.Net.Sockets;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Crash;

/// <summary>A start that cannot listen says why in one sentence, exits 1, and harms nobody: its data folder is not touched and no case is taken up.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class FailedStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--urls", "foo", "urls is 'foo'")]
    [InlineData("--urls", "http://127.0.0.1:99999", "urls is 'http://127.0.0.1:99999'")]
    [InlineData("--urls", "http://127.0.0.1:port", "urls is 'http://127.0.0.1:port'")]
    [InlineData("--urls", "http://127.0.0.1:0;ftp://127.0.0.1:0", "urls is 'ftp://127.0.0.1:0'")]
    [InlineData("--urls", "http://127.0.0.1:0/api", "urls is 'http://127.0.0.1:0/api'")]
    [InlineData("--urls", "https://127.0.0.1:0", "certificate")]
    [InlineData("--urls", "http://0.0.0.0:0", "CallCenter:ApiKey")]
    public async Task Start_AddressThatCannotBeUsed_SaysSoAndTouchesNothing(string name, string value, string message) => await RefusedAsync(message, [], name, value);

    [Fact]
    public async Task Start_MisspeltVariable_NamesTheNearestSetting() =>
        await RefusedAsync("The setting CallCenter:MaxPendingg is not known. Did you mean CallCenter:MaxPending?", new() { ["CallCenter__MaxPendingg"] = "100" });

    [Fact]
    public async Task Start_PortTaken_SaysSoAndTouchesNothing()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();

        await RefusedAsync("address already in use", [], "--urls", $"http://{taken.LocalEndPoint}");
    }

    private async Task RefusedAsync(string message, Dictionary<string, string?> environment, params string[] settings)
    {
        var data = Path.Combine(_folder.Path, "data");
        await using var program = await StandaloneProgram.StartAsync(data, environment, settings);

        Assert.Equal(1, await program.ExitAsync());
        var line = Assert.Single(program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("CallCenter cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }
}
