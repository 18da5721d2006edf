using System.Text;
using CallCenter.Api.Http;
using CallCenter.Api.StepFunctions;

namespace CallCenter.Tests.StepFunctions;

/// <summary>Signature Version 4, by AWS's own vector and one made by another implementation.</summary>
public sealed class SignatureTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Date = "20150830T123600Z";

    [Fact]
    public void Sign_PublishedVector_IsTheSignatureOfAws()
    {
        var request = Request("GET", "/", ("x-amz-date", Date));

        Assert.Equal("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", Sign(request, "", "example.amazonaws.com", "service", "host", "x-amz-date"));
    }

    [Fact]
    public void Sign_CallOfThisApi_IsTheSignatureOfAnotherImplementation()
    {
        var request = Request("POST", "/aws",
            ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Date", Date), ("X-Amz-Target", "AWSStepFunctions.ListStateMachines"));

        Assert.Equal("d2453777270cdf778590db0a252b7c31d561bc0a93e15ee81e69093da5422a63",
            Sign(request, "{}", "127.0.0.1:7071", "states", "content-type", "host", "x-amz-date", "x-amz-target"));
    }

    [Fact]
    public void Canonical_Path_IsEncodedOnceMoreByTheSegment() =>
        Assert.StartsWith("POST\n/call%2520center/aws\n\n", SignatureV4.Canonical(Request("POST", "/aws"), default, [], ("h", "/call%20center/aws")), StringComparison.Ordinal);

    [Fact]
    public void Canonical_Blanks_AreTrimmedAndBecomeOne() =>
        Assert.Contains("\na:b c\n", SignatureV4.Canonical(Request("POST", "/aws", ("a", "  b   c ")), default, ["a"], ("h", "/aws")), StringComparison.Ordinal);

    [Fact]
    public void Canonical_SignedHeaderThatIsNotThere_IsNothing() => Assert.Null(SignatureV4.Canonical(Request("POST", "/aws"), default, ["a"], ("h", "/aws")));

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=id/20150830/us-east-1/states/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/20150830/us-east-1/states/aws4_request,SignedHeaders=Host;X-Amz-Date,Signature=ab")]
    public void Read_Header_HasItsParts(string header)
    {
        var read = SignatureHeader.Read(header)!;

        Assert.Equal(("20150830/us-east-1/states/aws4_request", "ab"), (read.Scope, read.Signature));
        Assert.Equal(["host", "x-amz-date"], read.Headers);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer token")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 Credential=id/20150830/us-east-1/states/aws4_request, Signature=ab")]
    [InlineData("AWS4-HMAC-SHA256 Credential=20150830/us-east-1/states/aws4_request, SignedHeaders=host, Signature=ab")]
    [InlineData("AWS4-HMAC-SHA256 Credential=id/20150830/us-east-1/states/aws5_request, SignedHeaders=host, Signature=ab")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=id/20150830/us-east-1/states/aws4_request, SignedHeaders=host, Signature=ab")]
    public void Read_NoSuchHeader_IsNothing(string? header) => Assert.Null(SignatureHeader.Read(header));

    private static string Sign(ApiRequest request, string body, string host, string service, params string[] headers)
    {
        var signed = new SignatureHeader("20150830", "us-east-1", service, headers, "");
        return SignatureV4.Sign(Encoding.UTF8.GetBytes(Secret), signed, Date, SignatureV4.Canonical(request, Encoding.UTF8.GetBytes(body), headers, (host, request.Path))!);
    }

    private static ApiRequest Request(string method, string path, params (string Name, string Value)[] headers) => new()
    {
        Method = method,
        Path = path,
        BaseUri = "http://localhost",
        Header = name => Array.Find(headers, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
    };
}
