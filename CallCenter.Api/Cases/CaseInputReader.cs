using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Text;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api.Cases;

/// <summary>Reads the body that starts a case.</summary>
internal static class CaseInputReader
{
    /// <summary>The smallest body that is right.</summary>
    public const string Example = """{"inputCaseID":"001"}""";

    public static readonly IReadOnlyDictionary<string, WorkMode> WorkModes =
        new Dictionary<string, WorkMode> { ["simulated"] = WorkMode.Simulated, ["agent"] = WorkMode.Agent };

    public static readonly IReadOnlyDictionary<string, OnEscalation> Escalations =
        new Dictionary<string, OnEscalation> { ["fail"] = OnEscalation.Fail, ["workAgain"] = OnEscalation.WorkAgain };

    private static readonly string[] Known = ["inputCaseID", "workMode", "agentDeadlineSeconds", "onEscalation", "maxAttempts", "retry"];
    private static readonly string[] KnownOfRetry = ["maxAttempts", "firstDelaySeconds", "backoff"];

    /// <summary>The input, with the host's defaults filled in. What is wrong is added to the errors, and the input is then of no use.</summary>
    public static CaseInput Read(JsonDocument body, CaseInput defaults, List<FieldError> errors)
    {
        var reader = JsonObjectReader.OfBody(body, errors, Example, Known);
        return new CaseInput
        {
            InputCaseId = CaseId(reader),
            WorkMode = reader.OneOf("workMode", WorkModes, defaults.WorkMode),
            AgentDeadlineSeconds = reader.Integer("agentDeadlineSeconds", CaseLimits.AgentDeadlineSeconds, defaults.AgentDeadlineSeconds),
            OnEscalation = reader.OneOf("onEscalation", Escalations, defaults.OnEscalation),
            MaxAttempts = reader.Integer("maxAttempts", CaseLimits.MaxAttempts, defaults.MaxAttempts),
            Retry = Retry(reader.Object("retry", KnownOfRetry), defaults.Retry),
        };
    }

    private static string CaseId(JsonObjectReader reader)
    {
        const string name = "inputCaseID";
        if (!reader.Has(name))
            reader.Add(name, $"'{name}' is missing. Give the id of the case, such as \"001\".");
        if (reader.Text(name) is not { } id)
            return "";
        if (string.IsNullOrWhiteSpace(id))
            reader.Add(name, $"'{name}' is blank. Give the id of the case, such as \"001\".");
        else if (id.Length > CaseLimits.CaseIdLength)
            reader.Add(name, $"'{name}' is {id.Length} characters long; at most {CaseLimits.CaseIdLength} are allowed.");
        else if (VisibleText.IdFault(id, joiners: true) is { } fault)
            reader.Add(name, $"'{name}' {fault}");
        return id;
    }

    private static RetryOptions Retry(JsonObjectReader? reader, RetryOptions defaults) => reader is null ? defaults : new RetryOptions
    {
        MaxAttempts = reader.Integer("maxAttempts", CaseLimits.RetryMaxAttempts, defaults.MaxAttempts),
        FirstDelaySeconds = reader.Number("firstDelaySeconds", CaseLimits.RetryFirstDelaySeconds, defaults.FirstDelaySeconds),
        Backoff = reader.Number("backoff", CaseLimits.RetryBackoff, defaults.Backoff),
    };
}
