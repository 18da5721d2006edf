using System.Text.Json.Serialization;

namespace CallCenter.Workflows.CallCenter;

/// <summary>
/// The JSON of everything that the process gives to a runtime, generated when this is built:
/// no reflection at the start, and less work for every step.
/// </summary>
[JsonSerializable(typeof(CaseInput))]
[JsonSerializable(typeof(CaseWorked))]
[JsonSerializable(typeof(SupportCase))]
[JsonSerializable(typeof(AgentNotice))]
[JsonSerializable(typeof(bool))]
public sealed partial class CaseJson : JsonSerializerContext;
