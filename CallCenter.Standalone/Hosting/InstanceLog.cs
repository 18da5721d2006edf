using System.Text.Json;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Text;
using CallCenter.Runtime;
using CallCenter.Runtime.Execution;
using CallCenter.Runtime.History;
using CallCenter.Runtime.Storage.Files;

namespace CallCenter.Standalone.Hosting;

/// <summary>Logs what becomes of the instances, by business key and instance id.</summary>
internal sealed class InstanceLog(ILoggerFactory loggers, IReadOnlyList<ServedWorkflow> workflows)
{
    private readonly ILogger _logger = loggers.CreateLogger("CallCenter.Instances");

    /// <summary>Listens to a runtime. Whatever goes wrong here is no concern of the instance that is told of.</summary>
    public void Follow(EmbeddedRuntime runtime)
    {
        if (!_logger.IsEnabled(LogLevel.Warning))
            return;
        if (_logger.IsEnabled(LogLevel.Information))
            runtime.Started = shown => Quietly.Run(() => Started(shown));
        runtime.Ended = shown => Quietly.Run(() => Ended(shown));
    }

    private void Started(CommittedInstance shown)
    {
        var (item, key) = NameOf(shown);
        _logger.LogInformation("{Item} {Key} started as {InstanceId}", item, key, shown.Id);
    }

    private void Ended(CommittedInstance shown)
    {
        var (item, key) = NameOf(shown);
        var took = (shown.LastUpdatedAt - shown.Started.At).TotalMilliseconds;
        if (shown.End is ExecutionFailed failed)
            _logger.LogWarning("{Item} {Key} failed as {InstanceId} after {Milliseconds} ms: {Error}", item, key, shown.Id, took, failed.Error.Message);
        else if (shown.End is ExecutionTerminated terminated)
            _logger.LogWarning("{Item} {Key} was terminated as {InstanceId} after {Milliseconds} ms: {Reason}", item, key, shown.Id, took, terminated.Reason);
        else
            _logger.LogInformation("{Item} {Key} completed as {InstanceId} after {Milliseconds} ms", item, key, shown.Id, took);
    }

    /// <summary>What an instance is and is called. The input of any may be anything.</summary>
    private (string Item, string? Key) NameOf(CommittedInstance shown)
    {
        if (workflows.FirstOrDefault(served => served.Workflow.Name == shown.Started.Name)?.Workflow is not { } workflow)
            return ("Instance", shown.Started.Name);
        return (Words.Capitalized(workflow.Item), workflow.Key is { } key ? Member(shown.Started.Input, key.InputMember) : null);
    }

    private static string? Member(ReadOnlyMemory<byte> input, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(input);
            return json.RootElement.StringOf(name);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
