namespace CallCenter.Durable.Errors;

/// <summary>
/// The name under which an exception is recorded and shown, when it must not follow its type: histories and callers hold it.
/// </summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ErrorNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name => name;
}
