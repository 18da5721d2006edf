using System.Globalization;
using System.Text.Json;
using CallCenter.Api.Http;
using CallCenter.Api.Workflows;
using CallCenter.Durable.Seams;
using CallCenter.Durable.Text;

namespace CallCenter.Api.StepFunctions;

/// <summary>One call of an operation. Members of its body are checked as AWS checks them, and in its words.</summary>
/// <param name="operation">The operation.</param>
/// <param name="body">The body, an object.</param>
/// <param name="request">The request.</param>
/// <param name="client">The durable runtime.</param>
/// <param name="options">What the host serves.</param>
/// <param name="caller">Who calls; null where nobody needs a key.</param>
internal sealed class AwsCall(
    string operation, JsonElement body, ApiRequest request, IOrchestrationClient client, StepFunctionsOptions options, AwsCaller? caller)
{
    private const int MaxArn = 2000;
    private const int MaxPage = 1000;
    private const int DefaultPage = 100;
    private const int MaxToken = 3096;

    /// <summary>The request.</summary>
    public ApiRequest Request => request;

    /// <summary>The durable runtime.</summary>
    public IOrchestrationClient Client => client;

    /// <summary>What the host serves.</summary>
    public StepFunctionsOptions Options => options;

    /// <summary>The clock.</summary>
    public DateTime Now => options.Api.Clock.GetUtcNow().UtcDateTime;

    /// <summary>Cancelled when the caller goes or the host stops.</summary>
    public CancellationToken Cancellation => request.Cancellation;

    /// <summary>The region that the caller has signed for; that of the settings without a signature.</summary>
    public string Region => caller?.Region ?? SignatureHeader.Read(request.Header("Authorization"))?.Region ?? options.Region;

    /// <summary>Refuses a caller who may not do this.</summary>
    /// <param name="served">The workflow that it is done to.</param>
    public void Demand(ServedWorkflow served)
    {
        if (caller?.Refusal(operation, served.Workflow.Collection) is { } refusal)
            throw new AwsRefusedException("AccessDeniedException", refusal, 403);
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string member, int least = 0, int most = MaxArn) => Text(member, least, most) ?? throw AwsRefusedException.Validation(null, member, "not be null");

    /// <summary>A text.</summary>
    public string? Text(string member, int least = 0, int most = MaxArn)
    {
        if (Member(member) is not { } value)
            return null;
        if (value.AsText() is not { } text)
            throw WrongType(member, "a text");
        if (text.Length < least)
            throw AwsRefusedException.Validation(text, member, $"have length greater than or equal to {least}");
        return text.Length <= most ? text : throw AwsRefusedException.Validation(Excerpt.Short(text), member, $"have length less than or equal to {most}");
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string member, params string[] words) => Text(member) is var text && (text is null || words.Contains(text, StringComparer.Ordinal))
        ? text
        : throw AwsRefusedException.Validation(Excerpt.Short(text), member, $"satisfy enum value set: [{string.Join(", ", words)}]");

    /// <summary>Yes or no.</summary>
    public bool Flag(string member, bool absent) => Member(member) is not { } value
        ? absent
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw WrongType(member, "true or false");

    /// <summary>How long a page may be, and the token of the page before.</summary>
    public (int Size, string? Token) Page()
    {
        var size = DefaultPage;
        if (Member("maxResults") is { } value)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out size))
                throw WrongType("maxResults", "a whole number");
            var given = size.ToString(CultureInfo.InvariantCulture);
            if (size < 0)
                throw AwsRefusedException.Validation(given, "maxResults", "have value greater than or equal to 0");
            if (size > MaxPage)
                throw AwsRefusedException.Validation(given, "maxResults", $"have value less than or equal to {MaxPage}");
        }
        return (size == 0 ? DefaultPage : size, Text("nextToken", least: 1, MaxToken));
    }

    /// <summary>The state machine that a member names.</summary>
    public (Arn Arn, ServedWorkflow Served) StateMachine()
    {
        var arn = Arn.StateMachine(Required("stateMachineArn", least: 1));
        return options.Find(arn.Machine) is { } served && arn.Name is null
            ? (arn, served)
            : throw new AwsRefusedException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{Excerpt.Short(arn.Text)}'");
    }

    /// <summary>The execution that a member names.</summary>
    public async Task<Execution> ExecutionAsync()
    {
        var arn = Arn.Execution(Required("executionArn", least: 1));
        // An id that no instance can have is not even asked for.
        var served = options.Find(arn.Machine);
        var state = served is not null && Instances.InstanceIds.Impossible(arn.Name!) is null ? await client.GetAsync(arn.Name!, Cancellation) : null;
        return state is not null && state.Name == served!.Workflow.Name ? new Execution(arn, served, state) : throw DoesNotExist(arn);
    }

    /// <summary>The refusal of an execution that is not there (any more).</summary>
    public static AwsRefusedException DoesNotExist(Arn arn) => new("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn.Text}'");

    private static AwsRefusedException WrongType(string member, string type) => new("SerializationException", $"'{member}' must be {type}.");

    private JsonElement? Member(string name) => body.Of(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;
}
