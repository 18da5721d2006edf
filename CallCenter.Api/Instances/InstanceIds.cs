using CallCenter.Durable.Text;

namespace CallCenter.Api.Instances;

/// <summary>What an instance id may be: what every storage keeps and every URL carries unharmed, the management API included, which decodes twice.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 256;
    private const string Forbidden = "/\\#?+%";

    /// <summary>What is wrong with an id for a new instance, in a sentence; null when nothing is.</summary>
    public static string? Fault(string id) => Impossible(id)
        ?? (id.Equals(FiguresCall.Path, StringComparison.OrdinalIgnoreCase) ? $"'{id}' is a path of this API. Choose another instance id." : null)
        ?? (VisibleText.IdFault(id) is { } fault ? $"The instance id {fault}" : null);

    /// <summary>Why no instance can have an id; null for every id that was ever taken, by older and looser rules too.</summary>
    public static string? Impossible(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
            return "The instance id is blank. Give one, or leave 'instanceId' out for a generated one.";
        if (id.Length > MaxLength)
            return $"The instance id is {id.Length} characters long; at most {MaxLength} are allowed.";
        if (id[0] == '@')
            return "The instance id starts with '@', which is reserved for durable entities. Choose another first character.";
        if (id is "." or "..")
            return $"The instance id '{id}' cannot be used in a URL. Choose another.";
        if (id.IndexOfAny([.. Forbidden]) is >= 0 and var at)
            return $"The instance id contains '{id[at]}'. It may contain none of {string.Join(' ', Forbidden.ToCharArray())}.";
        return id.Any(char.IsControl) ? "The instance id contains a control character. Only printable characters are allowed." : null;
    }
}
