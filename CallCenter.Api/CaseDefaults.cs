using CallCenter.Api.Cases;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Settings;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Api;

/// <summary>The options of a case whose starter leaves them out.</summary>
public static class CaseDefaults
{
    /// <summary>Those of a host that configures none.</summary>
    public static CaseInput BuiltIn { get; } = new() { InputCaseId = "" };

    /// <summary>
    /// Reads them from <c>CallCenter:WorkMode</c>, <c>OnEscalation</c>, <c>MaxAttempts</c>, <c>AgentDeadlineSeconds</c> and
    /// <c>Retry:MaxAttempts</c>, <c>Retry:FirstDelaySeconds</c>, <c>Retry:Backoff</c>.
    /// </summary>
    /// <exception cref="InvalidSettingException">A value is wrong: the host should not start.</exception>
    public static CaseInput Read(SettingsReader settings) => BuiltIn with
    {
        WorkMode = settings.OneOf("WorkMode", CaseInputReader.WorkModes, BuiltIn.WorkMode),
        OnEscalation = settings.OneOf("OnEscalation", CaseInputReader.Escalations, BuiltIn.OnEscalation),
        MaxAttempts = settings.WholeNumber("MaxAttempts", BuiltIn.MaxAttempts, CaseLimits.MaxAttempts),
        AgentDeadlineSeconds = settings.WholeNumber("AgentDeadlineSeconds", BuiltIn.AgentDeadlineSeconds, CaseLimits.AgentDeadlineSeconds),
        Retry = new RetryOptions
        {
            MaxAttempts = settings.WholeNumber("Retry:MaxAttempts", BuiltIn.Retry.MaxAttempts, CaseLimits.RetryMaxAttempts),
            FirstDelaySeconds = settings.Number("Retry:FirstDelaySeconds", BuiltIn.Retry.FirstDelaySeconds, CaseLimits.RetryFirstDelaySeconds),
            Backoff = settings.Number("Retry:Backoff", BuiltIn.Retry.Backoff, CaseLimits.RetryBackoff),
        },
    };
}
