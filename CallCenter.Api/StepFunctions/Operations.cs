using CallCenter.Api.Http;
using CallCenter.Durable.Settings;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>The operations of the service: those that are answered, and why the others are not.</summary>
internal static class Operations
{
    private const string Unknown = "UnknownOperationException";
    private const string Code = "State machines are code here: they come and go with a deployment of the program, and cannot be created or changed by a call.";
    private const string NoMapRuns = "There are no Map Runs here: a Map state is part of its execution.";
    private const string NoActivities = "There are no activities to poll for here: a worker finds what waits in GET /api/{collection}?waiting=true, and answers with its task token.";
    private const string NoTags = "State machines have no tags here.";
    private const string NoVersions = "State machines have neither versions nor aliases here.";

    private static readonly Dictionary<string, Func<AwsCall, Task<ApiResponse>>> Known = new(StringComparer.Ordinal)
    {
        [StartExecution.Name] = StartExecution.RunAsync,
        ["DescribeExecution"] = ReadExecution.DescribeAsync,
        ["GetExecutionHistory"] = GetExecutionHistory.RunAsync,
        ["ListExecutions"] = ListExecutions.RunAsync,
        ["StopExecution"] = ChangeExecution.StopAsync,
        ["RedriveExecution"] = ChangeExecution.RedriveAsync,
        ["SendTaskSuccess"] = SendTask.SuccessAsync,
        ["SendTaskFailure"] = SendTask.FailureAsync,
        ["SendTaskHeartbeat"] = SendTask.HeartbeatAsync,
        ["ListStateMachines"] = ReadStateMachine.ListAsync,
        ["DescribeStateMachine"] = ReadStateMachine.DescribeAsync,
        ["DescribeStateMachineForExecution"] = ReadStateMachine.DescribeForExecutionAsync,
        // Deployment tools ask for these, and are content with nothing.
        ["ListTagsForResource"] = _ => Nothing("tags"),
        ["ListStateMachineVersions"] = _ => Nothing("stateMachineVersions"),
        ["ListStateMachineAliases"] = _ => Nothing("stateMachineAliases"),
        ["ListActivities"] = _ => Nothing("activities"),
        ["StartSyncExecution"] = _ => throw new AwsRefusedException("StateMachineTypeNotSupported",
            "This operation is not supported by this type of state machine: it is STANDARD, not EXPRESS."),
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["CreateStateMachine"] = Code,
        ["UpdateStateMachine"] = Code,
        ["DeleteStateMachine"] = Code,
        ["TestState"] = Code,
        ["ValidateStateMachineDefinition"] = Code,
        ["PublishStateMachineVersion"] = NoVersions,
        ["DeleteStateMachineVersion"] = NoVersions,
        ["CreateStateMachineAlias"] = NoVersions,
        ["UpdateStateMachineAlias"] = NoVersions,
        ["DeleteStateMachineAlias"] = NoVersions,
        ["DescribeStateMachineAlias"] = NoVersions,
        ["TagResource"] = NoTags,
        ["UntagResource"] = NoTags,
        ["ListMapRuns"] = NoMapRuns,
        ["DescribeMapRun"] = NoMapRuns,
        ["UpdateMapRun"] = NoMapRuns,
        ["CreateActivity"] = NoActivities,
        ["DeleteActivity"] = NoActivities,
        ["DescribeActivity"] = NoActivities,
        ["GetActivityTask"] = NoActivities,
    };

    /// <summary>The names of all that are answered.</summary>
    public static IReadOnlyCollection<string> Answered => Known.Keys;

    /// <summary>The names of all that are known and refused.</summary>
    public static IReadOnlyCollection<string> NotAnswered => Refused.Keys;

    /// <summary>What answers an operation.</summary>
    /// <exception cref="AwsRefusedException">Nothing does; the message says why.</exception>
    public static Func<AwsCall, Task<ApiResponse>> Find(string name) => Known.GetValueOrDefault(name) ?? throw new AwsRefusedException(Unknown,
        Refused.TryGetValue(name, out var reason) ? $"{name} is not offered. {reason}" : $"'{Excerpt.Short(name)}' is not an operation. {Nearest.Hint(name, Answered)}");

    private static Task<ApiResponse> Nothing(string list) => Task.FromResult(AwsResponse.Ok(writer =>
    {
        writer.WriteStartArray(list);
        writer.WriteEndArray();
    }));
}
