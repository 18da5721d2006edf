using System.Text.Json.Serialization;

namespace CallCenter.Workflows.CallCenter;

/// <summary>What an employee is told when a case waits.</summary>
/// <param name="Case">The case, with the employee.</param>
/// <param name="InstanceId">Its instance id, for the link.</param>
/// <param name="Deadline">Until when it waits (UTC).</param>
/// <param name="Key">By what the mail is one and the same, however often it is sent.</param>
public sealed record AgentNotice(
    [property: JsonPropertyName("case")] SupportCase Case,
    [property: JsonPropertyName("instanceId")] string InstanceId,
    [property: JsonPropertyName("deadline")] DateTime Deadline,
    [property: JsonPropertyName("key")] string Key);
