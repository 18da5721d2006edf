using System.Text.Json.Serialization;
using CallCenter.Durable.Errors;

namespace CallCenter.Workflows.CallCenter;

/// <summary>The JSON of everything that the process gives to a runtime, generated when this is built: no reflection at the start, and less work for every step.</summary>
[JsonSerializable(typeof(CaseInput))]
[JsonSerializable(typeof(CaseProgress))]
[JsonSerializable(typeof(CaseWorked))]
[JsonSerializable(typeof(ErrorDetails))]
[JsonSerializable(typeof(SupportCase))]
public sealed partial class CaseJson : JsonSerializerContext;
