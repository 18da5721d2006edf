using CallCenter.Api.StepFunctions;
using CallCenter.Durable.Seams;

namespace CallCenter.Tests.StepFunctions;

/// <summary>Task tokens and the tokens of pages.</summary>
public sealed class TokenTests
{
    [Fact]
    public void Write_AnyText_BeginsWithALetter()
    {
        // The AWS CLI takes what begins with a hyphen for an option.
        for (var i = 0; i < 1000; i++)
            Assert.InRange(CheckedToken.Write($"{i}", "scope")[0], 'A', 'z');
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/b - ü")]
    public void Read_TaskToken_IsWhatWasWritten(string id)
    {
        var state = new OrchestrationState
        {
            InstanceId = id,
            Name = "Any",
            RuntimeStatus = OrchestrationRuntimeStatus.Running,
            CreatedAt = new DateTime(2026, 1, 1),
            LastUpdatedAt = default,
        };

        Assert.Equal(new TaskToken(id, state.CreatedAt.Ticks, 2), TaskToken.Read(TaskToken.Write(state, 2)));
    }

    [Theory]
    [InlineData("1/x/a")]
    [InlineData("-1/1/a")]
    [InlineData("1/1")]
    [InlineData("")]
    public void Read_TextThatIsNoTask_IsRefused(string text) =>
        Assert.Equal("InvalidToken", Assert.Throws<AwsRefusedException>(() => TaskToken.Read(CheckedToken.Write(text, "task"))).Type);

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    public void Cut_PositionThatIsNone_IsRefused(string position) =>
        Assert.Throws<AwsRefusedException>(() => PageToken.Cut([1, 2], (1, CheckedToken.Write(position, "s")), "s"));

    [Fact]
    public void Cut_TokenOfAnotherList_IsRefused() =>
        Assert.Throws<AwsRefusedException>(() => PageToken.Cut([1, 2], (1, CheckedToken.Write("1", "other")), "s"));

    [Fact]
    public void Cut_PositionBehindTheEnd_IsAnEmptyLastPage() =>
        Assert.Equal((0, null), PageToken.Cut([1, 2], (1000, CheckedToken.Write($"{int.MaxValue}", "s")), "s") is var (items, next) ? (items.Count, next) : default);
}
