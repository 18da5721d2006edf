using CallCenter.Api;
using CallCenter.Api.Http;
using CallCenter.Durable.Text;

namespace CallCenter.Tests.Api;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("wait=5", 5)]
    [InlineData("WAIT = \"5\"", 5)]
    [InlineData("respond-async, wait=5", 5)]
    [InlineData("wait=5; foo=bar, return=minimal", 5)]
    [InlineData("foo=\"a, wait=1\", wait=2", 2)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=31", 30)]
    [InlineData("wait=99999999999999999999", 30)]
    [InlineData("wait", null)]
    [InlineData("wait=", null)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=1.5", null)]
    [InlineData("wait=soon, wait=5", null)]
    [InlineData("wait=1, wait=5", 1)]
    [InlineData("waiting=5", null)]
    [InlineData(",,;=,\"", null)]
    public void WaitSeconds_Header_IsReadAsAList(string? header, int? seconds) => Assert.Equal(seconds, Prefer.WaitSeconds(header));

    [Fact]
    public void CheckStatus_StatusUriWithKey_KeepsItInEveryUri()
    {
        var body = new CheckStatus("a b", "http://h/runtime/webhooks/durabletask/instances/a%20b?taskHub=x&code=k").ToResponse().Json();

        Assert.Equal(
            """{"id":"a b","statusQueryGetUri":"http://h/runtime/webhooks/durabletask/instances/a%20b?taskHub=x&code=k","sendEventPostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/raiseEvent/{eventName}?taskHub=x&code=k","terminatePostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/terminate?reason={text}&taskHub=x&code=k","rewindPostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/rewind?reason={text}&taskHub=x&code=k","purgeHistoryDeleteUri":"http://h/runtime/webhooks/durabletask/instances/a%20b?taskHub=x&code=k","restartPostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/restart?taskHub=x&code=k","suspendPostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/suspend?reason={text}&taskHub=x&code=k","resumePostUri":"http://h/runtime/webhooks/durabletask/instances/a%20b/resume?reason={text}&taskHub=x&code=k"}""",
            body.GetRawText());
    }

    [Fact]
    public void CheckStatus_PlainStatusUri_AddsOnlyWhatIsNeeded()
    {
        var status = new CheckStatus("a", "http://h/i/a");

        Assert.Equal(("http://h/i/a/restart", "http://h/i/a/terminate?reason={text}"), (status.RestartPostUri, status.TerminatePostUri));
    }

    [Theory]
    [InlineData("?a=1&b=%3D%26&a=2&c&=x", "a", "1,2")]
    [InlineData("a+b=c+d", "a b", "c d")]
    [InlineData("A=1", "a", "1")]
    [InlineData("?", "a", "")]
    [InlineData("a=%zz%C3%BC", "a", "%zzü")]
    public void QueryString_Raw_IsDecodedOnce(string query, string name, string values) => Assert.Equal(values, string.Join(',', new QueryString(query).All(name)));

    [Fact]
    public void Short_SurrogatePairAtTheCut_IsNotTornApart()
    {
        var shown = Excerpt.Short(new string('x', 79) + "😀😀");

        Assert.Equal(new string('x', 79) + "...", shown);
    }
}
