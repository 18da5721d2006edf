using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>
/// The name of a state machine or an execution. Whatever partition, region and account stand in it are taken, and given back: callers who
/// have the ARNs of their account in their configuration go on working.
/// </summary>
/// <param name="Scope">What stands before the type: <c>arn:aws:states:eu-central-1:123456789012</c>.</param>
/// <param name="Machine">The state machine.</param>
/// <param name="Name">The execution; of a state machine its version or alias; null without one.</param>
/// <param name="Text">The whole.</param>
internal sealed record Arn(string Scope, string Machine, string? Name, string Text)
{
    private const string OfMachine = "stateMachine";
    private const string OfExecution = "execution";

    /// <summary>The region.</summary>
    public string Region => Scope.Split(':')[3];

    /// <summary>The account.</summary>
    public string Account => Scope.Split(':')[4];

    /// <summary>Reads the ARN of a state machine.</summary>
    /// <exception cref="AwsRefusedException">It is none.</exception>
    public static Arn StateMachine(string text)
    {
        var arn = Read(text, OfMachine);
        return arn.Machine.Contains('/', StringComparison.Ordinal)
            ? throw AwsRefusedException.Validation($"'{Excerpt.Short(text)}' names a Map Run's label. There are none here: leave out what begins with the slash.")
            : arn;
    }

    /// <summary>Reads the ARN of an execution.</summary>
    /// <exception cref="AwsRefusedException">It is none.</exception>
    public static Arn Execution(string text) => Read(text, OfExecution) is { Name.Length: > 0 } arn ? arn : throw Invalid($"Invalid ARN: {text}");

    /// <summary>The ARN of a state machine.</summary>
    public static string OfStateMachine(string scope, string machine) => $"{scope}:{OfMachine}:{machine}";

    /// <summary>The ARN of an execution of the machine that this one names.</summary>
    public Arn WithExecution(string name) => new(Scope, Machine, name, $"{Scope}:{OfExecution}:{Machine}:{name}");

    /// <summary>The ARN of the state machine that this one names.</summary>
    public string ToStateMachine() => OfStateMachine(Scope, Machine);

    /// <summary>An execution's name may hold colons, nothing before it can.</summary>
    private static Arn Read(string text, string type)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
            throw Invalid($"Invalid ARN prefix: {text}");
        var parts = text.Split(':', 8);
        if (parts.Length < 7 || parts[2] != "states" || parts[6].Length == 0)
            throw Invalid($"Invalid ARN: {text}");
        return parts[5] == type
            ? new Arn(string.Join(':', parts[..5]), parts[6], parts.Length > 7 ? parts[7] : null, text)
            : throw Invalid($"Resource type not valid in this context: {parts[5]}");
    }

    private static AwsRefusedException Invalid(string why) => new("InvalidArn", $"Invalid Arn: '{Excerpt.Cut(why, 300)}'");
}
