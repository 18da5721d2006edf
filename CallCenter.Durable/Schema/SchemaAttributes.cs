namespace CallCenter.Durable.Schema;

/// <summary>The smallest value that is right, for examples and for the refusal of a missing one.</summary>
/// <param name="value">A text, a number or a boolean, as the property's type is; for an enum, its name in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExampleAttribute(object value) : Attribute
{
    /// <summary>The value.</summary>
    public object Value { get; } = value;
}

/// <summary>
/// A text by which people and paths name something: nothing invisible (joiners may follow a visible character), no blank at its ends,
/// in Unicode's form C. A text without this attribute may begin, end and be composed as it likes, on one line.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdTextAttribute : Attribute;

/// <summary>A text that may hold tabs and new lines.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinesTextAttribute : Attribute;

/// <summary>A value that the program fills in. Whoever sends it is refused, as for a name that is not known.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InternalValueAttribute : Attribute;

/// <summary>A value that matters only where another has a certain value: a form hides it elsewhere.</summary>
/// <param name="member">The other's name in JSON, in the same object.</param>
/// <param name="value">Its value in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownWhenAttribute(string member, string value) : Attribute
{
    /// <summary>The other's name in JSON.</summary>
    public string Member => member;

    /// <summary>Its value in JSON.</summary>
    public string Value => value;
}
