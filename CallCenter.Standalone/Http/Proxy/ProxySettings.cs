using System.Net;
using System.Net.Sockets;
using CallCenter.Durable.Settings;

namespace CallCenter.Standalone.Http.Proxy;

/// <summary>How others reach this host: the settings of a proxy in front.</summary>
internal sealed record ProxySettings
{
    /// <summary>The setting of the address under which callers know this host.</summary>
    public const string UrlSetting = "CallCenter:PublicUrl";

    /// <summary>The setting of the proxies whose word counts.</summary>
    public const string ProxiesSetting = "CallCenter:TrustedProxies";

    private static readonly char[] Separators = [';', ','];
    private static readonly string[] OwnPaths = ["/api", "/console", "/openapi.json", "/runtime"];

    /// <summary>Scheme and host of every URI that is given out; null for those of each request.</summary>
    public Uri? PublicUrl { get; private init; }

    /// <summary>Its host and port.</summary>
    public HostString PublicHost { get; private init; }

    /// <summary>The path before all others in the public address; empty for none.</summary>
    public PathString Prefix { get; private init; }

    /// <summary>From where <c>X-Forwarded-*</c> is believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>The host names of <c>AllowedHosts</c>; <c>*.example.com</c> stands for every name under it, <c>*</c> for any.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <exception cref="InvalidSettingException">A value cannot be used.</exception>
    public static ProxySettings Read(IConfiguration configuration)
    {
        var url = PublicUrlOf(configuration[UrlSetting]);
        return new()
        {
            PublicUrl = url,
            PublicHost = url is null ? default : new HostString(url.Authority),
            Prefix = url is null ? default : PathString.FromUriComponent(url.AbsolutePath.TrimEnd('/')),
            TrustedProxies = [.. List(configuration, ProxiesSetting).Select(NetworkOf)],
            AllowedHosts = [.. List(configuration, "AllowedHosts")],
        };
    }

    /// <summary>One value with separators, or a list of values.</summary>
    private static IEnumerable<string> List(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection(name);
        return section.GetChildren().Select(child => child.Value).Prepend(section.Value)
            .SelectMany(value => (value ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static Uri? PublicUrlOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0)
        {
            throw new InvalidSettingException(
                UrlSetting, text, "an address such as https://cases.example.com or https://example.com/callcenter, without a query");
        }
        // A proxy may take the prefix off or leave it on: what comes in must tell which.
        if (OwnPaths.Any(own => new PathString(Uri.UnescapeDataString(url.AbsolutePath)).StartsWithSegments(own)))
        {
            throw new InvalidSettingException(
                UrlSetting, text, $"an address whose path does not begin with one of this program's own: {string.Join(", ", OwnPaths)}");
        }
        return url;
    }

    private static IPNetwork NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        // A network of everybody would be what this setting is there to prevent.
        return IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0
            ? network
            : throw new InvalidSettingException(ProxiesSetting, text, "a list of addresses (10.0.0.5) and networks (10.0.0.0/24), separated by ';'");
    }
}
