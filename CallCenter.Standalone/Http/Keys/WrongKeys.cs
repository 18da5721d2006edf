using System.Net;
using System.Net.Sockets;

namespace CallCenter.Standalone.Http.Keys;

/// <summary>
/// Counts wrong keys by the address that showed them, minute by minute. It holds one minute and a limited number of addresses,
/// so neither memory nor log grows with those who guess.
/// </summary>
internal sealed class WrongKeys(TimeProvider clock, ILogger logger)
{
    /// <summary>How many an address may show in a minute before it is told to wait.</summary>
    public const int FreeTries = 10;

    /// <summary>How many addresses are told apart in a minute; all others count as one.</summary>
    public const int MaxAddresses = 1000;

    private const int PathShown = 100;
    private const string Others = "other addresses";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _tries = [];
    private DateTimeOffset _began;
    private long _total;

    /// <summary>How many there were since the start.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Counts one, and logs the first of an address and minute.</summary>
    /// <returns>How long this address should wait, or null while it may still try.</returns>
    public TimeSpan? Count(HttpContext context)
    {
        var total = Interlocked.Increment(ref _total);
        var address = Group(context.Connection.RemoteIpAddress);
        int tries;
        TimeSpan left;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            // A clock that was set back must not make the minute longer.
            if (now >= _began + Minute || now < _began)
            {
                _began = now;
                _tries.Clear();
            }
            left = _began + Minute - now;
            if (_tries.Count >= MaxAddresses && !_tries.ContainsKey(address))
                address = Others;
            tries = _tries[address] = _tries.GetValueOrDefault(address) + 1;
        }
        if (tries == 1)
        {
            logger.LogWarning(
                "A wrong key from {Address}: {Method} {Path}. Wrong keys since the start: {Total}. " +
                "Further ones from there are not logged for a minute.",
                address, Shown(context.Request.Method), Shown(RawTarget.Of(context).Path), total);
        }
        return tries > FreeTries ? left : null;
    }

    /// <summary>A whole /64 is one caller's own in IPv6: he may have a new address for every call.</summary>
    private static string Group(IPAddress? address)
    {
        if (address is null)
            return "a socket";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return $"{address}";
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>The client's text, short and without anything that a terminal would obey. The query is not shown: a key may be in it.</summary>
    private static string Shown(string text) =>
        string.Concat(text.Take(PathShown).Select(letter => letter is > ' ' and <= '~' ? $"{letter}" : $"\\u{(int)letter:x4}"))
        + (text.Length > PathShown ? "..." : "");
}
