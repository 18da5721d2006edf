namespace CallCenter.Tests.Contract.StepFunctions;

/// <summary>A test of the Step Functions API, which a host elsewhere may want to be signed for.</summary>
public sealed class AwsFactAttribute : FactAttribute
{
    public AwsFactAttribute() => Skip = Missing;

    /// <summary>What the caller signs with; null where nothing is signed.</summary>
    public static string? Secret { get; } = Environment.GetEnvironmentVariable("CALLCENTER_AWS_SECRET") is { Length: > 0 } secret ? secret : null;

    public static string? Missing { get; } = Secret is null && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CALLCENTER_URL"))
        ? "Set CALLCENTER_AWS_SECRET to the secret access key of the host, any text for one without keys."
        : null;
}

/// <summary>The same with data.</summary>
public sealed class AwsTheoryAttribute : TheoryAttribute
{
    public AwsTheoryAttribute() => Skip = AwsFactAttribute.Missing;
}
