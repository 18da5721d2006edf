namespace CallCenter.Api.Http;

/// <summary>The parameters of a raw query. What this contract does not know (a key in <c>code</c>, for one) is nobody's concern here.</summary>
internal sealed class QueryString
{
    private readonly List<(string Name, string Value)> _parameters = [];

    public QueryString(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.IndexOf('=') is >= 0 and var at ? (part[..at], part[(at + 1)..]) : (part, "");
            _parameters.Add((Decode(name), Decode(value)));
        }
    }

    /// <summary>The values of a parameter, in order.</summary>
    public IEnumerable<string> All(string name) =>
        _parameters.Where(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(parameter => parameter.Value);

    /// <summary>The first value of a parameter, or null when it is not there.</summary>
    public string? First(string name) => All(name).FirstOrDefault();

    /// <summary>The first value of a parameter, or null when it is not there or empty, as forms send what was not filled in.</summary>
    public string? FirstFilled(string name) => First(name) is { Length: > 0 } value ? value : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
