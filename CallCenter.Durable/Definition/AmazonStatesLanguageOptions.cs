using System.Text.RegularExpressions;

namespace CallCenter.Durable.Definition;

/// <summary>Where the Lambda functions of an exported state machine are: they are named after the activities.</summary>
public sealed partial record AmazonStatesLanguageOptions
{
    /// <param name="region">The AWS region (<c>eu-central-1</c>).</param>
    /// <param name="account">The AWS account, twelve digits.</param>
    /// <exception cref="ArgumentException">There can be no such region or account.</exception>
    public AmazonStatesLanguageOptions(string region = "us-east-1", string account = "123456789012")
    {
        if (!RegionPattern().IsMatch(region))
            throw new ArgumentException($"'{region}' is not an AWS region. A region looks like us-east-1.", nameof(region));
        if (!AccountPattern().IsMatch(account))
            throw new ArgumentException($"'{account}' is not an AWS account. An account has twelve digits.", nameof(account));
        (Region, Account) = (region, account);
    }

    /// <summary>The AWS region.</summary>
    public string Region { get; }

    /// <summary>The AWS account, twelve digits.</summary>
    public string Account { get; }

    /// <summary>The ARN of the Lambda function that stands for an activity.</summary>
    public string Lambda(string activity) => $"arn:aws:lambda:{Region}:{Account}:function:{activity}";

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}\z")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex AccountPattern();
}
