using System.Text.Json;
using CallCenter.Durable.Definition;

namespace CallCenter.Tests.Definition;

public sealed class ChoiceConditionTests
{
    private static readonly JsonElement Payload = JsonDocument.Parse(
        """{"n":2,"s":"abc*d","yes":true,"none":null,"list":[{"n":5}],"inner":{"n":1.5}}""").RootElement;

    public static TheoryData<ChoiceCondition, bool> Conditions => new()
    {
        { new("$.n", 2), true },
        { new("$.n", 3), false },
        { new("$.inner.n", 1.5), true },
        { new("$['inner'].n", 1.5), true },
        { new("$.list[0].n", 5), true },
        { new("$.list[1].n", 5), false },
        { new("$.s", 2), false },
        { new("$.none", 0), false },
        { new("$.missing", 0), false },
        { new("$.n") { NumericLessThan = 2 }, false },
        { new("$.n") { NumericLessThanEquals = 2 }, true },
        { new("$.n") { NumericGreaterThan = 2 }, false },
        { new("$.n") { NumericGreaterThanEquals = 2 }, true },
        { new("$.s") { StringEquals = "abc*d" }, true },
        { new("$.s") { StringEquals = "ABC*D" }, false },
        { new("$.s") { StringMatches = "a*d" }, true },
        { new("$.s") { StringMatches = "a.*" }, false },
        { new("$.s") { StringMatches = @"abc\*d" }, true },
        { new("$.s") { StringMatches = @"a\*d" }, false },
        { new("$.n") { StringMatches = "*" }, false },
        { new("$.yes") { BooleanEquals = true }, true },
        { new("$.yes") { BooleanEquals = false }, false },
        { new("$.none") { IsNull = true }, true },
        { new("$.n") { IsNull = true }, false },
        { new("$.missing") { IsNull = true }, false },
        { new("$.none") { IsPresent = true }, true },
        { new("$.missing") { IsPresent = false }, true },
        { new() { And = [new("$.n", 2), new("$.yes") { BooleanEquals = true }] }, true },
        { new() { And = [new("$.n", 2), new("$.n", 3)] }, false },
        { new() { Or = [new("$.n", 2), new("$.n", 3)] }, true },
        { new() { Not = new("$.n", 2) }, false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Holds_OverAPayload_IsAsInAmazonStatesLanguage(ChoiceCondition condition, bool expected) => Assert.Equal(expected, condition.Holds(Payload));
}
