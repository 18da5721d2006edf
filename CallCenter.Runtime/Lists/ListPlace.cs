using System.Globalization;
using System.Text;
using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Lists;

/// <summary>Where an instance stands in a list: what comes first has the lesser one. In a token it says where the next page begins.</summary>
/// <param name="Order">The order of the list.</param>
/// <param name="AsOf">Until when those that have not ended are taken to have run: ticks (UTC). It is the same on every page.</param>
/// <param name="Rank">What the order goes by.</param>
/// <param name="Number">The instance.</param>
internal readonly record struct ListPlace(OrchestrationOrder Order, long AsOf, long Rank, long Number) : IComparable<ListPlace>
{
    private const string Prefix = "callcenter:";

    /// <summary>Of equal ones the newest comes first; of those that wait, the one that began first.</summary>
    private long Tie => Order == OrchestrationOrder.Deadline ? Number : -Number;

    public int CompareTo(ListPlace other) => Rank != other.Rank ? Rank.CompareTo(other.Rank) : Tie.CompareTo(other.Tie);

    /// <summary>The token of what stands behind it.</summary>
    public string ToToken()
    {
        var place = Order == OrchestrationOrder.Newest
            ? Number.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)Order}:{AsOf}:{Rank}:{Number}");
        return Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Prefix + place));
    }

    /// <summary>Reads a token; null when there is none.</summary>
    /// <exception cref="InvalidContinuationTokenException">It is not one of ours, or of a list in another order.</exception>
    public static ListPlace? Parse(string? token, OrchestrationOrder order)
    {
        if (token is null)
            return null;
        try
        {
            var text = Encoding.ASCII.GetString(Convert.FromHexString(token));
            if (text.StartsWith(Prefix, StringComparison.Ordinal) && Parse(text[Prefix.Length..].Split(':'), order) is { } place)
                return place;
        }
        catch (FormatException)
        {
            // Not one of ours.
        }
        throw new InvalidContinuationTokenException();
    }

    private static ListPlace? Parse(string[] parts, OrchestrationOrder order)
    {
        var numbers = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }
        return numbers switch
        {
            [var number and >= 0] when order == OrchestrationOrder.Newest => new ListPlace(order, 0, -number, number),
            [var of, var asOf, var rank, var number and >= 0] when of == (int)order => new ListPlace(order, asOf, rank, number),
            _ => null,
        };
    }
}
