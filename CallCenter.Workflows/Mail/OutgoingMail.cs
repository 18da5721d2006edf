using CallCenter.Workflows.Employees;

namespace CallCenter.Workflows.Mail;

/// <summary>An e-mail to an employee.</summary>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">One line; control characters in it are sent as blanks.</param>
/// <param name="Text">Plain text; its lines may end either way.</param>
/// <param name="Key">
/// Names this mail: one that is sent again has the same key and so the same Message-ID. As with <see cref="IAssignments.AssignAsync"/>, a new run of
/// a process needs another one.
/// </param>
public sealed record OutgoingMail(Employee To, string Subject, string Text, string Key);
