using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Text;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>Reads an agent's answer.</summary>
internal static class CaseWorkedReader
{
    /// <summary>The smallest body that is right.</summary>
    public const string Example = """{"resolved":true}""";

    /// <exception cref="RefusedException">400.</exception>
    public static CaseWorked Read(JsonDocument body)
    {
        var errors = new List<FieldError>();
        var reader = JsonObjectReader.OfBody(body, errors, Example, "resolved", "attempt", "agent", "note");
        if (!reader.Has("resolved"))
            reader.Add("resolved", "'resolved' is missing. Send true or false.");
        var answer = new CaseWorked
        {
            Resolved = reader.Boolean("resolved") ?? false,
            Attempt = reader.Has("attempt") ? reader.Integer("attempt", CaseLimits.MaxAttempts, 0) : null,
            Agent = Text(reader, "agent", CaseLimits.AgentLength),
            Note = Text(reader, "note", CaseLimits.NoteLength, lines: true),
        };
        return errors.Count == 0 ? answer : throw new RefusedException(Problem.BadRequest(errors));
    }

    /// <summary>A visible text of bounded length; an empty one says nothing and is left out.</summary>
    private static string? Text(JsonObjectReader reader, string name, int length, bool lines = false)
    {
        var text = reader.Text(name);
        if (text?.Length > length)
            reader.Add(name, $"'{name}' is {text.Length} characters long; at most {length} are allowed.");
        else if (text is not null && VisibleText.Fault(text, lines: lines) is { } fault)
            reader.Add(name, $"'{name}' {fault}");
        return text is { Length: > 0 } ? text : null;
    }
}
