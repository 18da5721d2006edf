namespace CallCenter.Durable.Text;

/// <summary>Words as names begin with them.</summary>
public static class Words
{
    /// <summary>"Order" of "order".</summary>
    public static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
