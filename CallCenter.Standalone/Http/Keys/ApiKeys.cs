using System.Security.Cryptography;
using System.Text;
using CallCenter.Durable.Settings;

namespace CallCenter.Standalone.Http.Keys;

/// <summary>The keys of the settings: <c>CallCenter:Keys:0:Name</c>, <c>Key</c> and <c>Role</c>, and the single <c>CallCenter:ApiKey</c>.</summary>
internal sealed class ApiKeys
{
    /// <summary>The setting of the key that may do everything.</summary>
    public const string Single = "CallCenter:ApiKey";

    /// <summary>The setting of several keys.</summary>
    public const string Several = "CallCenter:Keys";

    /// <summary>What the single key is called.</summary>
    public const string SingleName = "default";

    /// <summary>The characters of a key that guards an address for others.</summary>
    public const int LeastLength = 16;

    private readonly List<ApiKey> _keys = [];

    private ApiKeys()
    {
    }

    /// <summary>True when nothing is guarded.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>The first that is too short for an address which others can reach, or null.</summary>
    public ApiKey? Short => _keys.Find(key => key.IsShort);

    /// <exception cref="InvalidSettingException">A setting is missing or wrong. The message shows no key.</exception>
    public static ApiKeys Read(IConfiguration configuration)
    {
        var keys = new ApiKeys();
        if (configuration[Single] is { } single && !string.IsNullOrWhiteSpace(single))
            keys.Add(SingleName, KeyRole.Admin, single, Single);
        var section = configuration.GetSection(Several);
        if (!string.IsNullOrEmpty(section.Value))
            throw new InvalidSettingException(Several, "***", $"a list: {Several}:0:Name, {Several}:0:Key, {Several}:0:Role, and so on");
        foreach (var entry in section.GetChildren())
            keys.Add(entry);
        return keys;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ApiKey> All => _keys;

    /// <summary>The key that was shown, or null. All are compared, whichever it is.</summary>
    public ApiKey? Find(string shown)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(shown));
        ApiKey? found = null;
        foreach (var key in _keys)
            found = key.HasHash(hash) ? key : found;
        return found;
    }

    /// <summary>True for the same keys in the same order.</summary>
    public bool Same(ApiKeys other) => _keys.Count == other._keys.Count && _keys.Zip(other._keys).All(pair => pair.First.Equals(pair.Second));

    /// <summary>The names and roles.</summary>
    public override string ToString() => string.Join(", ", _keys);

    private void Add(IConfigurationSection entry)
    {
        var name = entry["Name"]?.Trim();
        if (string.IsNullOrEmpty(name))
            throw new InvalidSettingException($"{entry.Path}:Name", "", "the name by which the log knows this key");
        if (_keys.Exists(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidSettingException($"{entry.Path}:Name", name, "a name that no other key has");
        if (string.IsNullOrWhiteSpace(entry["Key"]))
            throw new InvalidSettingException($"{entry.Path}:Key", "", $"the key of '{name}'");
        var role = KeyRoles.Named(entry["Role"]) ?? throw new InvalidSettingException($"{entry.Path}:Role", entry["Role"] ?? "", "one of read, agent, admin");
        Add(name, role, entry["Key"]!, $"{entry.Path}:Key");
    }

    private void Add(string name, KeyRole role, string key, string setting)
    {
        if (key.Trim() != key)
            throw new InvalidSettingException(setting, "***", "a key that neither begins nor ends with a blank or a line break");
        if (Find(key) is { } twin)
            throw new InvalidSettingException(setting, "***", $"a key of its own, not that of '{twin.Name}'");
        _keys.Add(new ApiKey(name, role, key));
    }
}
