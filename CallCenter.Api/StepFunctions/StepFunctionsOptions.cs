using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Settings;

namespace CallCenter.Api.StepFunctions;

/// <summary>What a host tells the Step Functions API about itself.</summary>
public sealed class StepFunctionsOptions
{
    private readonly Dictionary<string, ServedWorkflow> _machines = new(StringComparer.Ordinal);

    /// <param name="api">What the host serves.</param>
    /// <exception cref="InvalidSettingException">Two workflows go by one name.</exception>
    public StepFunctionsOptions(ApiOptions api)
    {
        Api = api;
        foreach (var served in api.Workflows)
        {
            if (!_machines.TryAdd(served.StateMachine, served))
                throw new InvalidSettingException($"Two workflows are called '{served.StateMachine}' as state machines. Give one of them another name by its setting StateMachine.");
        }
        Created = api.Clock.GetUtcNow().UtcDateTime;
    }

    /// <summary>What the host serves.</summary>
    public ApiOptions Api { get; }

    /// <summary>The keys that callers sign with, asked for every call: none closes the API, and null opens it to all.</summary>
    public Func<IReadOnlyList<AwsKey>?> Keys { get; init; } = () => null;

    /// <summary>What is said to all while there are no keys.</summary>
    public string Closed { get; init; } = "This host has no key for this API.";

    /// <summary>
    /// The names and paths under which the caller may have addressed the host, which a signature covers: a proxy may have changed
    /// either. By default the request's own.
    /// </summary>
    public Func<ApiRequest, IEnumerable<(string Host, string Path)>> Addresses { get; init; } = request => [(request.Header("Host") ?? "", request.Path)];

    /// <summary>Told of every signature that no key has made; how long such a caller should wait, null for not at all.</summary>
    public Func<ApiRequest, TimeSpan?> OnWrongKey { get; init; } = _ => null;

    /// <summary>When the state machines of this program came to be: with it.</summary>
    internal DateTime Created { get; }

    /// <summary>The region of those who sign nothing.</summary>
    internal string Region => Api.Workflows[0].Aws.Region;

    /// <summary>The workflow that a state machine's name means, or null.</summary>
    internal ServedWorkflow? Find(string machine) => _machines.GetValueOrDefault(machine);
}

/// <summary>A key that callers sign with: their secret access key.</summary>
/// <param name="Secret">The key, in UTF-8.</param>
/// <param name="Refusal">Why who has it may not do an operation to a workflow's collection, in a sentence; null when they may. Reading is open to every key.</param>
public sealed record AwsKey(ReadOnlyMemory<byte> Secret, Func<string, string, string?> Refusal);

/// <summary>Who has signed a call.</summary>
/// <param name="Region">The region of the signature.</param>
/// <param name="Refusal">As their key has it.</param>
internal sealed record AwsCaller(string Region, Func<string, string, string?> Refusal);
