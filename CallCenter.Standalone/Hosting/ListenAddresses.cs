using System.Net;
using CallCenter.Durable.Settings;

namespace CallCenter.Standalone.Hosting;

/// <summary>Where the program listens (<c>--urls</c>).</summary>
internal static class ListenAddresses
{
    /// <summary>Where it listens when nobody says otherwise: the port of the Functions host, on this machine alone.</summary>
    public const string Default = "http://127.0.0.1:7071";

    private const string Wanted = "an address such as http://127.0.0.1:7071; several are separated by ';'";

    /// <summary>
    /// The addresses. The server would understand much more than was meant:
    /// for it, <c>http://localhost:port</c> is port 80 of all addresses.
    /// </summary>
    /// <exception cref="InvalidSettingException">One cannot be listened on.</exception>
    public static string[] Read(IConfiguration configuration)
    {
        var urls = configuration["urls"] is { } text && !string.IsNullOrWhiteSpace(text) ? text : Default;
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return addresses.Length > 0 && Array.Find(addresses, address => !IsUsable(address)) is not { } wrong
            ? addresses
            : throw new InvalidSettingException("urls", Array.Find(addresses, address => !IsUsable(address)) ?? urls, Wanted);
    }

    /// <summary>True for an address that other machines can reach. A name stands for all of this machine's addresses.</summary>
    public static bool IsForOthers(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return !parsed.IsUnixPipe && !parsed.IsNamedPipe && !parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !(IPAddress.TryParse(parsed.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsUsable(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            // Sockets and pipes are files, and have no port.
            return parsed.Scheme is "http" or "https"
                && (parsed.IsUnixPipe || parsed.IsNamedPipe
                    || (parsed.PathBase.Length == 0 && parsed.Port is >= 0 and <= ushort.MaxValue && IsHost(parsed.Host)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What is no number behind the colon is taken for a part of the host.</summary>
    private static bool IsHost(string host) => host.Length > 0 && (host[0] == '[' || !host.Contains(':', StringComparison.Ordinal));
}
