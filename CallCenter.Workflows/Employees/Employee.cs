using System.Text.Json.Serialization;

namespace CallCenter.Workflows.Employees;

/// <summary>Somebody who can be given a case. <see cref="Roster.Check(IReadOnlyList{Employee})"/> says what its parts may be.</summary>
/// <param name="Id">What the table of assignments knows the employee by; it stays when name and address change.</param>
/// <param name="Name">As shown to people.</param>
/// <param name="Email">One e-mail address, without a display name.</param>
public sealed record Employee(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("email")] string Email);
