using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CallCenter.Durable.Definition;

/// <summary>What a state does, with the type names of Amazon States Language.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateType>))]
public enum StateType
{
    /// <summary>Runs an activity.</summary>
    Task,

    /// <summary>Decides on the payload.</summary>
    Choice,

    /// <summary>Ends the process with an error.</summary>
    Fail,

    /// <summary>Ends the process, or its branch, well.</summary>
    Succeed,

    /// <summary>Hands the payload on, or a fixed one in its place.</summary>
    Pass,

    /// <summary>Waits for a time.</summary>
    Wait,

    /// <summary>Runs several branches side by side, and goes on when all of them have ended.</summary>
    Parallel,

    /// <summary>Runs the same flow for each item of a list, and goes on when all of them have ended.</summary>
    Map,
}

/// <summary>One state. What it leads to is said by the transitions.</summary>
/// <param name="Name">Its name, up to 80 characters.</param>
/// <param name="Type">What it does.</param>
/// <param name="Activity">The activity that a Task state runs.</param>
public sealed record WorkflowState(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] StateType Type,
    [property: JsonPropertyName("activity")] string? Activity = null)
{
    /// <summary>The external event that the state may wait for instead of running its activity.</summary>
    [JsonPropertyName("waitsFor")]
    public string? WaitsFor { get; init; }

    /// <summary>True when the process, or the branch, ends here.</summary>
    [JsonPropertyName("end")]
    public bool End { get; init; }

    /// <summary>The error that a Fail state ends with.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The cause that a Fail state ends with.</summary>
    [JsonPropertyName("cause")]
    public string? Cause { get; init; }

    /// <summary>What a Pass state hands on; null: what it was given.</summary>
    [JsonPropertyName("result")]
    public JsonNode? Result { get; init; }

    /// <summary>How long a Wait state waits, in seconds.</summary>
    [JsonPropertyName("seconds")]
    public int? Seconds { get; init; }

    /// <summary>Where in the payload a Wait state finds how long it waits, in seconds (<c>$.delay</c>).</summary>
    [JsonPropertyName("secondsPath")]
    public string? SecondsPath { get; init; }

    /// <summary>Where in the payload a Wait state finds until when it waits, as an ISO 8601 time (<c>$.until</c>).</summary>
    [JsonPropertyName("timestampPath")]
    public string? TimestampPath { get; init; }

    /// <summary>What a Parallel state runs side by side.</summary>
    [JsonPropertyName("branches")]
    public IReadOnlyList<WorkflowBranch>? Branches { get; init; }

    /// <summary>Where in the payload a Map state finds its items (<c>$.orders</c>); null: the payload is the list.</summary>
    [JsonPropertyName("itemsPath")]
    public string? ItemsPath { get; init; }

    /// <summary>What a Map state does with each item.</summary>
    [JsonPropertyName("itemProcessor")]
    public WorkflowBranch? ItemProcessor { get; init; }

    /// <summary>Where in the payload the result of a Task, Pass, Parallel or Map state goes (<c>$.price</c>); null: it is the payload.</summary>
    [JsonPropertyName("resultPath")]
    public string? ResultPath { get; init; }

    /// <summary>The flows within this state: its branches, or what it does with each item.</summary>
    [JsonIgnore]
    public IReadOnlyList<WorkflowBranch> Flows => Branches ?? (ItemProcessor is null ? [] : [ItemProcessor]);
}
