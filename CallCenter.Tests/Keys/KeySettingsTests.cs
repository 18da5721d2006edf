using CallCenter.Durable.Settings;

namespace CallCenter.Tests.Keys;

/// <summary>Settings of keys that cannot be used stop the start, in words, and never show a key.</summary>
public sealed class KeySettingsTests
{
    private const string First = "a-first-secret-key", Second = "another-secret-key";

    public static TheoryData<string[], string> Wrong => new()
    {
        { KeyHost.Key(0, null, First, "read"), "The setting CallCenter:Keys:0:Name is ''. It must be the name by which the log knows this key." },
        { KeyHost.Key(0, "a", null, "read"), "The setting CallCenter:Keys:0:Key is ''. It must be the key of 'a'." },
        { KeyHost.Key(0, "a", " ", "read"), "The setting CallCenter:Keys:0:Key is ''. It must be the key of 'a'." },
        { KeyHost.Key(0, "a", First, null), "The setting CallCenter:Keys:0:Role is ''. It must be one of read, agent, admin." },
        { KeyHost.Key(0, "a", First, "root"), "The setting CallCenter:Keys:0:Role is 'root'. It must be one of read, agent, admin." },
        { KeyHost.Key(0, "a", First, "1"), "The setting CallCenter:Keys:0:Role is '1'. It must be one of read, agent, admin." },
        { KeyHost.Key(0, "a", First + "\n", "read"), "The setting CallCenter:Keys:0:Key is '***'. It must be a key that neither begins nor ends with a blank or a line break." },
        { [.. KeyHost.Key(0, "a", First, "read"), .. KeyHost.Key(1, "A", Second, "admin")], "The setting CallCenter:Keys:1:Name is 'A'. It must be a name that no other key has." },
        { [.. KeyHost.Key(0, "a", First, "read"), .. KeyHost.Key(1, "b", First, "admin")], "The setting CallCenter:Keys:1:Key is '***'. It must be a key of its own, not that of 'a'." },
        { ["--CallCenter:ApiKey", First, .. KeyHost.Key(0, "b", First, "read")], "The setting CallCenter:Keys:0:Key is '***'. It must be a key of its own, not that of 'default'." },
        { ["--CallCenter:ApiKey", First, .. KeyHost.Key(0, "default", Second, "read")], "The setting CallCenter:Keys:0:Name is 'default'. It must be a name that no other key has." },
        { ["--CallCenter:Keys", First], "The setting CallCenter:Keys is '***'. It must be a list: CallCenter:Keys:0:Name, CallCenter:Keys:0:Key, CallCenter:Keys:0:Role, and so on." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_KeysThatCannotBeUsed_SaysWhatIsWrong(string[] settings, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidSettingException>(() => KeyHost.StartAsync(settings));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("fifteen-letters")]
    [InlineData("a")]
    public async Task Start_ShortKeyOnAnAddressForOthers_IsRefusedWithoutShowingIt(string key)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => KeyHost.StartAsync(["--urls", "http://0.0.0.0:0", .. KeyHost.Keys, .. KeyHost.Key(3, "short", key, "read")]));

        Assert.Contains("the key 'short' has fewer than 16 characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{key}'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_LongKeysOnAnAddressForOthers_Listens()
    {
        await using var host = await KeyHost.StartAsync(["--urls", "http://0.0.0.0:0", .. KeyHost.Keys]);

        Assert.NotEqual(0, host.Url.Port);
    }

    [Fact]
    public async Task Start_ShortKeyOnThisMachine_Listens()
    {
        await using var host = await KeyHost.StartAsync("--CallCenter:ApiKey", "a");

        Assert.Equal(System.Net.HttpStatusCode.OK, await host.StatusAsync("GET", "/api/health", "a"));
    }
}
