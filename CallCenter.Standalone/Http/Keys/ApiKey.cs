using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Standalone.Http.Keys;

/// <summary>One key. It is compared by its hash, and shown nowhere.</summary>
internal sealed class ApiKey(string name, KeyRole role, string key)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The key itself: a signature is checked by making it again.</summary>
    public ReadOnlyMemory<byte> Secret { get; } = Encoding.UTF8.GetBytes(key);

    /// <summary>What the log and answers call it.</summary>
    public string Name { get; } = name;

    /// <summary>What it may do.</summary>
    public KeyRole Role { get; } = role;

    /// <summary>Enough on this machine alone.</summary>
    public bool IsShort { get; } = key.Length < ApiKeys.LeastLength;

    /// <summary>Hashes are compared, in constant time: neither the key nor its length can be guessed from how long it takes.</summary>
    public bool HasHash(byte[] hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    /// <summary>True for the same name, role and key.</summary>
    public bool Equals(ApiKey other) => Name == other.Name && Role == other.Role && HasHash(other._hash);

    /// <summary>The name and role.</summary>
    public override string ToString() => $"{Name} ({Role.Name()})";
}
