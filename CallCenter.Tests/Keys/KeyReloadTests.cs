using System.Net;
using CallCenter.Standalone.Http.Keys;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Keys;

/// <summary>Keys change with the file that they are in, while the program runs.</summary>
public sealed class KeyReloadTests : IDisposable
{
    private const string Old = "the-key-until-noon", New = "the-key-since-noon";

    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task KeysFile_ChangedWhileTheHostRuns_ChangesTheKeys()
    {
        Write(Keys(Old));
        await using var host = await KeyHost.StartAsync("--CallCenter:KeysFile", File);
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("GET", "/api/health", Old));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("GET", "/api/health", New));

        Write(Keys(New));

        await Eventually.TrueAsync(async () => await host.StatusAsync("GET", "/api/health", New) == HttpStatusCode.OK);
        // Polling with the new one may have used up what wrong keys are answered 401.
        Assert.NotEqual(HttpStatusCode.OK, await host.StatusAsync("GET", "/api/health", Old));
    }

    [Fact]
    public async Task KeysFile_LinkThatIsTurned_ChangesTheKeys()
    {
        // As Kubernetes replaces a mounted secret.
        Directory.CreateDirectory(Path.Combine(_folder.Path, "one"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "two"));
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, "one", "keys.json"), Keys(Old));
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, "two", "keys.json"), Keys(New));
        System.IO.File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "one", "keys.json"), DateTime.UtcNow.AddDays(-1));
        System.IO.File.CreateSymbolicLink(File, Path.Combine(_folder.Path, "one", "keys.json"));
        await using var host = await KeyHost.StartAsync("--CallCenter:KeysFile", File);

        System.IO.File.CreateSymbolicLink(File + ".new", Path.Combine(_folder.Path, "two", "keys.json"));
        System.IO.File.Move(File + ".new", File, overwrite: true);

        await Eventually.TrueAsync(async () => await host.StatusAsync("GET", "/api/health", New) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task KeysFile_Missing_StopsTheStart() =>
        Assert.Contains("keys.json", (await Assert.ThrowsAnyAsync<IOException>(() => KeyHost.StartAsync("--CallCenter:KeysFile", File))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task File_Changed_SaysWhichKeysHoldNow()
    {
        var ring = Follow(Keys(Old));

        Write(Keys(New, ", { \"Name\": \"desk\", \"Key\": \"k\", \"Role\": \"agent\" }"));

        await SaidAsync("Information: The keys have changed. They are now: first (admin), desk (agent)");
        Assert.Null(ring.Current.Find(Old));
        Assert.Equal("desk", ring.Current.Find("k")?.Name);
    }

    [Theory]
    [InlineData("{ \"CallCenter\": { \"Keys\": [ { \"Name\": \"first\", \"Key\": \"the-key-since-noon\"", "keys.json")]
    [InlineData("{ \"CallCenter\": { \"Keys\": [ { \"Name\": \"first\", \"Key\": \"the-key-since-noon\", \"Role\": \"root\" } ] } }", "The setting CallCenter:Keys:0:Role is 'root'.")]
    [InlineData("{ \"CallCenter\": { } }", "The settings no longer hold a key")]
    [InlineData(null, "The settings no longer hold a key")]
    public async Task File_ChangedForTheWorse_KeepsTheKeysAndSaysSo(string? text, string reason)
    {
        var ring = Follow(Keys(Old));

        Write(text);

        await SaidAsync("Error: The keys stay as they were. ", reason);
        Assert.NotNull(ring.Current.Find(Old));
        Assert.DoesNotContain(_log.All, line => line.Contains(New, StringComparison.Ordinal));

        Write(Keys(New));
        await Eventually.TrueAsync(() => Task.FromResult(ring.Current.Find(New) is not null));
    }

    [Fact]
    public async Task File_ChangedToAShortKeyOnAnAddressForOthers_KeepsTheKeysAndSaysSo()
    {
        var ring = Follow(Keys(Old));
        ring.Expose("0.0.0.0:7071");

        Write(Keys("short"));

        await SaidAsync("Error: The keys stay as they were. ", "the key 'first' has fewer than 16 characters");
        Assert.NotNull(ring.Current.Find(Old));
    }

    private string File => Path.Combine(_folder.Path, "keys.json");

    private static string Keys(string key, string more = "") =>
        $$"""{ "CallCenter": { "Keys": [ { "Name": "first", "Key": "{{key}}", "Role": "admin" }{{more}} ] } }""";

    private void Write(string? text)
    {
        if (text is null)
            System.IO.File.Delete(File);
        else
            System.IO.File.WriteAllText(File, text);
    }

    /// <summary>The same as the host does with appsettings.json, which all hosts of this test run share.</summary>
    private ApiKeyRing Follow(string text)
    {
        Write(text);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddJsonFile(File, optional: true, reloadOnChange: true);
        builder.AddApiKeys();
        var ring = builder.Services.BuildServiceProvider().GetRequiredService<ApiKeyRing>();
        ring.Follow(_log);
        return ring;
    }

    private Task SaidAsync(params string[] parts) => Eventually.TrueAsync(
        () => Task.FromResult(_log.All.Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal)))),
        () => string.Join('\n', _log.All));
}
