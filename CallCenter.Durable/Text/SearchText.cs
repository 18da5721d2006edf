namespace CallCenter.Durable.Text;

/// <summary>How whoever searches compares texts: without regard to case and to blanks.</summary>
public static class SearchText
{
    /// <summary>A text as it is searched: in capitals, without any blank. Empty when it is nothing but blanks.</summary>
    public static string Of(string text)
    {
        var kept = new char[text.Length];
        return new string(kept, 0, Write(text, kept));
    }

    /// <summary>Writes a text as it is searched.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Where it goes; as long as the text is always enough.</param>
    /// <returns>How many characters were kept.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> kept)
    {
        var length = 0;
        foreach (var one in text)
        {
            if (!char.IsWhiteSpace(one))
                kept[length++] = char.ToUpperInvariant(one);
        }
        return length;
    }

    /// <summary>Whether a text holds another anywhere. An empty one is held by every text.</summary>
    /// <param name="text">The text; null holds nothing.</param>
    /// <param name="searched">What is searched, as <see cref="Of"/> gives it.</param>
    public static bool Holds(string? text, string searched) => text is not null && Of(text).Contains(searched, StringComparison.Ordinal);
}
