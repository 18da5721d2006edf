using System.Text.Json;
using CallCenter.Standalone.Runtime;
using CallCenter.Standalone.Runtime.Execution;
using CallCenter.Standalone.Runtime.History;
using CallCenter.Standalone.Runtime.Storage;
using CallCenter.Workflow;

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

    private void Started(Shown shown) => _logger.LogInformation("Case {CaseId} started as {InstanceId}", CaseId(shown), shown.Id);

    private void Ended(Shown shown)
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
    private static string? CaseId(Shown shown)
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
