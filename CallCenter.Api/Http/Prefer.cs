namespace CallCenter.Api.Http;

/// <summary>The <c>Prefer</c> header (RFC 7240): a list of preferences, of which only <c>wait</c> means something here.</summary>
internal static class Prefer
{
    /// <summary>The longest that an answer is held back; whoever prefers more gets this.</summary>
    public const int MaxWaitSeconds = 30;

    /// <summary>The seconds to wait for the end, or null without a (well-formed) <c>wait</c>.</summary>
    public static int? WaitSeconds(string? header)
    {
        foreach (var preference in HeaderList.Split(header))
        {
            var pair = HeaderList.Split(preference, ';').FirstOrDefault("").Split('=', 2, StringSplitOptions.TrimEntries);
            if (!pair[0].Equals("wait", StringComparison.OrdinalIgnoreCase))
                continue;
            // Of several only the first counts (section 2), well-formed or not.
            return pair.Length == 2 ? Seconds(pair[1].Trim('"')) : null;
        }
        return null;
    }

    private static int? Seconds(string digits)
    {
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            return null;
        return int.TryParse(digits, out var seconds) ? Math.Min(seconds, MaxWaitSeconds) : MaxWaitSeconds;
    }
}
