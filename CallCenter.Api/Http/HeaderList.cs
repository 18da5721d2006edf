namespace CallCenter.Api.Http;

/// <summary>Reads headers that are comma-separated lists, whose members may hold quoted commas (RFC 9110, 5.6.1).</summary>
internal static class HeaderList
{
    /// <summary>The members, trimmed, empty ones left out.</summary>
    public static IEnumerable<string> Split(string? header, char separator = ',')
    {
        if (header is null)
            yield break;
        var (start, quoted) = (0, false);
        for (var at = 0; at <= header.Length; at++)
        {
            if (at < header.Length && header[at] == '\\' && quoted)
                at++;
            else if (at < header.Length && header[at] == '"')
                quoted = !quoted;
            else if (at == header.Length || (header[at] == separator && !quoted))
            {
                if (header[start..Math.Min(at, header.Length)].Trim() is { Length: > 0 } member)
                    yield return member;
                start = at + 1;
            }
        }
    }
}
