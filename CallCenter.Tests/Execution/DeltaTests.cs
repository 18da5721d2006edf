using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Durable.Execution;
using CallCenter.Durable.Text;

namespace CallCenter.Tests.Execution;

/// <summary>What a step changed must lead from every payload to every other, byte for byte.</summary>
public sealed class DeltaTests
{
    private static readonly string?[] Values =
    [
        null, "null", "1", "0", "true", "\"\"", "\"a\"", "\"ab\"", "\"ab😀\"", "[]", "[1]", "[[1]]", "{}", "{\"+\":\"x\"}", "{\"=\":1}", "{\"+\":1,\"b\":null}", "1.50",
    ];

    [Theory]
    [InlineData("""{"Case":"1","Message":"a"}""", """{"Case":"1","Status":1,"Message":"ab"}""", """{"Status":1,"Message":{"+":"b"}}""")]
    [InlineData("""{"Case":"1"}""", """{"Case":"1","Note":null}""", """{"Note":{"=":null}}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2}""", """{"a":null}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", """[{"b":2,"a":1}]""")]
    [InlineData("""{"a":1}""", "\"text\"", """["text"]""")]
    [InlineData("[1]", """{"a":1}""", """[{"a":1}]""")]
    [InlineData("""{"a":"x"}""", """{"n":1,"a":"x"}""", """{"n":1,"a":{"+":""}}""")]
    public void Write_Change_IsSmallAndPlain(string before, string after, string delta) =>
        Assert.Equal(delta, Delta.Of(JsonElement.Parse(before), JsonElement.Parse(after)).GetRawText());

    [Fact]
    public void Apply_DeltaOfAnyTwoPayloads_GivesTheSecond()
    {
        var payloads = Payloads().ToList();
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var (first, second) = (payloads[random.Next(payloads.Count)], payloads[random.Next(payloads.Count)]);
            var delta = Delta.Of(JsonElement.Parse(first), JsonElement.Parse(second));

            var made = Payload.Apply(Payload.Of(JsonElement.Parse(first)), delta)!;

            Assert.Equal(second, JsonText.Element(made.Write).GetRawText());
        }
    }

    [Fact]
    public void Apply_DeltasOneAfterTheOther_GiveEveryPayloadOnTheWay()
    {
        var payloads = Payloads().ToList();
        var random = new Random(2);
        Payload? made = null;
        JsonElement? before = null;
        for (var step = 0; step < 2_000; step++)
        {
            var after = JsonElement.Parse(payloads[random.Next(payloads.Count)]);

            made = Payload.Apply(made, Delta.Of(before, after));

            Assert.Equal(after.GetRawText(), JsonText.Element(made!.Write).GetRawText());
            before = after;
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void Apply_WhatIsNoDelta_ChangesNothing(string delta)
    {
        var payload = Payload.Of(JsonElement.Parse("""{"a":1}"""));

        Assert.Same(payload, Payload.Apply(payload, JsonElement.Parse(delta)));
    }

    /// <summary>Objects of up to three members in any order, with values that look like deltas among them, and other JSON.</summary>
    private static IEnumerable<string> Payloads()
    {
        string[][] orders = [["a"], ["b"], ["a", "b"], ["b", "a"], ["a", "b", "c"], ["c", "a", "b"]];
        foreach (var order in orders)
        {
            for (var seed = 0; seed < 40; seed++)
            {
                var random = new Random(seed);
                var members = order.Select(name => (name, value: Values[random.Next(Values.Length)])).Where(member => member.value is not null);
                yield return JsonText.Element(writer =>
                {
                    writer.WriteStartObject();
                    foreach (var (name, value) in members)
                    {
                        writer.WritePropertyName(name);
                        JsonNode.Parse(value!).WriteOrNull(writer);
                    }
                    writer.WriteEndObject();
                }).GetRawText();
            }
        }
        foreach (var value in Values.OfType<string>())
            yield return JsonText.Element(writer => JsonNode.Parse(value).WriteOrNull(writer)).GetRawText();
    }
}

internal static class JsonNodes
{
    public static void WriteOrNull(this JsonNode? node, Utf8JsonWriter writer)
    {
        if (node is null)
            writer.WriteNullValue();
        else
            node.WriteTo(writer);
    }
}
