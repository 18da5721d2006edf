using System.Text.Json;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Standalone.Hosting;

/// <summary>Logs what becomes of the cases, by case id and instance id.</summary>
internal sealed class CaseLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("CallCenter.Cases");

    /// <summary>Listens to a runtime. Whatever goes wrong here is no concern of the instance that is told of.</summary>
    public void Follow(EmbeddedRuntime runtime)
    {
        if (!_logger.IsEnabled(LogLevel.Warning))
            return;
        if (_logger.IsEnabled(LogLevel.Information))
            runtime.Started = shown => Quietly.Run(() => Started(shown));
        runtime.Ended = shown => Quietly.Run(() => Ended(shown));
    }

    private void Started(CommittedInstance shown) => _logger.LogInformation("Case {CaseId} started as {InstanceId}", CaseId(shown), shown.Id);

    private void Ended(CommittedInstance shown)
    {
        var took = (shown.LastUpdatedAt - shown.Started.At).TotalMilliseconds;
        if (shown.End is ExecutionFailed failed)
            _logger.LogWarning("Case {CaseId} failed as {InstanceId} after {Milliseconds} ms: {Error}", CaseId(shown), shown.Id, took, failed.Error.Message);
        else if (shown.End is ExecutionTerminated terminated)
            _logger.LogWarning("Case {CaseId} was terminated as {InstanceId} after {Milliseconds} ms: {Reason}", CaseId(shown), shown.Id, took, terminated.Reason);
        else
            _logger.LogInformation("Case {CaseId} completed as {InstanceId} after {Milliseconds} ms", CaseId(shown), shown.Id, took);
    }

    /// <summary>Another orchestration's input may be anything.</summary>
    private static string? CaseId(CommittedInstance shown)
    {
        try
        {
            return RuntimeJson.Read<CaseInput>(shown.Started.Input)?.InputCaseId;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
