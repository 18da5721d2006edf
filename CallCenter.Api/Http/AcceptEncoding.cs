namespace CallCenter.Api.Http;

/// <summary>Reads <c>Accept-Encoding</c>. A refusal (<c>q=0</c>) is respected, a ranking is not needed.</summary>
public static class AcceptEncoding
{
    /// <summary>Whether the caller takes a coding.</summary>
    /// <param name="header">The header; null without one.</param>
    /// <param name="coding">The coding (<c>br</c>).</param>
    public static bool Takes(string? header, string coding) =>
        HeaderList.Split(header)
            .Select(member => member.Split(';', StringSplitOptions.TrimEntries))
            .Any(parts => parts is not [_, "q=0" or "q=0.0" or "q=0.00" or "q=0.000"] && parts[0].Equals(coding, StringComparison.OrdinalIgnoreCase));
}
