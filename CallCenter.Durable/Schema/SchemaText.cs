using CallCenter.Durable.Text;

namespace CallCenter.Durable.Schema;

/// <summary>The sentences of refusals, as far as a property decides on them.</summary>
internal static class SchemaText
{
    /// <summary>What is wrong with a text ("holds ..."); null when nothing is.</summary>
    public static string? Fault(string text, SchemaProperty property) => text.Length > property.MaxLength
        ? $"is {text.Length} characters long; at most {property.MaxLength} are allowed."
        : property.Text == TextRule.Id ? VisibleText.IdFault(text, joiners: true) : VisibleText.Fault(text, lines: property.Text == TextRule.Lines);

    /// <summary>What to send where there is nothing: <c>Give the id of the order, such as "001".</c></summary>
    public static string Wanted(SchemaProperty property) => property.Kind switch
    {
        SchemaKind.Text => $"Give {Noun(property.Description) ?? "a text"}" +
            (property.Example.ValueKind == default ? "." : $", such as {property.Example.GetRawText()}."),
        SchemaKind.Boolean => "Send true or false.",
        SchemaKind.Nested => $"Send an object such as {SchemaJson.Example(property.Properties).GetRawText()}.",
        _ => $"Send {Range(property)}.",
    };

    /// <summary>The values of a number or of a choice: <c>a whole number from 1 to 20</c>.</summary>
    public static string Range(SchemaProperty property) => property switch
    {
        { Kind: SchemaKind.Choice } => $"one of {string.Join(", ", property.Choices.Select(choice => $"\"{choice.Name}\""))}",
        { Kind: SchemaKind.WholeNumber } => $"a whole number from {(int)property.Minimum} to {(int)property.Maximum}",
        { Minimum: double.MinValue, Maximum: double.MaxValue } => "a number",
        _ => FormattableString.Invariant($"a number from {property.Minimum} to {property.Maximum}"),
    };

    /// <summary>The first sentence of a description, to go on with: <c>The id of the order.</c> becomes <c>the id of the order</c>.</summary>
    private static string? Noun(string? description)
    {
        if (string.IsNullOrEmpty(description))
            return null;
        var sentence = description.Split(". ", 2)[0].TrimEnd('.');
        var isName = sentence.Length > 1 && char.IsUpper(sentence[1]);
        return isName ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }
}
