namespace CallCenter.Durable.Events;

/// <summary>
/// The payload of an event that answers an instance which waits for it. An event cannot be refused by the instance that gets it, so an
/// answer says which attempt it is for, and carries an id that the instance publishes when it takes it.
/// </summary>
public interface IAnswer
{
    /// <summary>The attempt that this answers: one for another attempt is ignored. Null answers whichever attempt takes it.</summary>
    int? Attempt { get; }

    /// <summary>Tells answers apart: the instance publishes that of the answer it took, so that whoever sent another learns that it does not count.</summary>
    string? AnswerId { get; }
}

/// <summary>Says of a member of an answer that the step which took it shows it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PublishedAttribute : Attribute;
