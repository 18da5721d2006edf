using System.Globalization;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Text;

namespace CallCenter.Api.Http;

/// <summary>Reads the times of a query.</summary>
public static class IsoTime
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// A date or a time of ISO 8601 in UTC, which it also is when it does not say; null for none.
    /// What cannot be read is added to the errors.
    /// </summary>
    public static DateTime? Read(string name, string? text, ICollection<FieldError> errors)
    {
        if (text is null)
            return null;
        // A '+' that was not encoded has arrived as a blank: in a date it can only have been the sign of the offset.
        if (DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.UtcDateTime;
        errors.Add(new(name, $"'{name}' is '{Excerpt.Short(text)}'. Give an ISO 8601 date or time, such as 2026-01-31 or 2026-01-31T08:30:00Z."));
        return null;
    }

    /// <summary>Adds to the errors when a span of time ends before it begins: no instance could ever fit.</summary>
    public static void RequireOrder(string fromName, DateTime? from, string toName, DateTime? to, ICollection<FieldError> errors)
    {
        if (to < from)
            errors.Add(new(toName, $"'{toName}' is before '{fromName}', so nothing can lie between them. Give a later one."));
    }
}
