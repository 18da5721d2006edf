using System.Text.Json.Nodes;
using CallCenter.Durable.Schema;

namespace CallCenter.Tests.Schema;

public sealed class InputSchemaTests
{
    private static readonly InputSchema OrderSchema = InputSchema.Of(typeof(Order), OrderJson.Default);

    [Fact]
    public void Json_EveryAttribute_IsInIt() => Same("""
        {
          "type": "object", "title": "An order", "description": "What a customer wants.",
          "required": ["number", "paid", "pieces"],
          "properties": {
            "number": {
              "type": "string", "title": "Number", "description": "The number of the order. It stands on the receipt.",
              "minLength": 1, "maxLength": 8, "x-text": "id", "examples": ["A-1"]
            },
            "paid": { "type": "boolean" },
            "pieces": { "type": "integer", "minimum": 1, "maximum": 9, "examples": [2] },
            "size": {
              "type": "string", "enum": ["small", "large"],
              "x-choices": [{ "const": "small", "title": "Small", "description": "Fits into a pocket." }, { "const": "large" }],
              "default": "large"
            },
            "weight": { "type": "number", "minimum": -0.5, "maximum": 100, "default": 1 },
            "comment": { "type": "string", "maxLength": 20, "x-text": "lines" },
            "greeting": { "type": "string", "x-text": "line", "default": "Hello <you>" },
            "priority": { "type": "integer" },
            "gift": { "type": "boolean", "default": false },
            "discount": { "type": "integer", "default": 5 },
            "wrapping": {
              "type": "string", "enum": ["small", "large"],
              "x-choices": [{ "const": "small", "title": "Small", "description": "Fits into a pocket." }, { "const": "large" }],
              "default": "small"
            },
            "second": {
              "type": "string", "enum": ["small", "large"],
              "x-choices": [{ "const": "small", "title": "Small", "description": "Fits into a pocket." }, { "const": "large" }]
            },
            "address": {
              "type": "object", "description": "Where it goes.", "required": ["street"],
              "properties": { "street": { "type": "string", "minLength": 1, "x-text": "line" }, "floor": { "type": "integer", "default": 3 } },
              "additionalProperties": false
            },
            "billing": {
              "type": "object", "required": ["street"],
              "properties": { "street": { "type": "string", "minLength": 1, "x-text": "line" }, "floor": { "type": "integer", "default": 1 } },
              "additionalProperties": false
            }
          },
          "additionalProperties": false
        }
        """, OrderSchema.Json);

    [Fact]
    public void Json_NoAttribute_TakesNamesAndDefaultsOfTheRecord() => Same("""
        {
          "type": "object",
          "properties": {
            "Name": { "type": "string", "x-text": "line" },
            "Count": { "type": "integer", "default": 4 },
            "Loud": { "type": "boolean", "default": true },
            "Factor": { "type": "number", "default": 0 }
          },
          "additionalProperties": false
        }
        """, InputSchema.Of(typeof(Plain)).Json);

    [Fact]
    public void Json_NoProperty_AllowsNone() =>
        Same("""{"type":"object","properties":{},"additionalProperties":false}""", InputSchema.Of(typeof(Nothing)).Json);

    [Fact]
    public void Json_AskedTwice_MayStandInTwoDocuments() =>
        Assert.Equal(2, new JsonArray(OrderSchema.Json, OrderSchema.Json).Count);

    [Fact]
    public void Example_RequiredProperties_AreInIt() => Assert.Equal("""{"number":"A-1","paid":true,"pieces":2}""", OrderSchema.Example);

    [Fact]
    public void Example_NothingRequired_IsEmpty() => Assert.Equal("{}", InputSchema.Of(typeof(Plain)).Example);

    [Theory]
    [InlineData(typeof(Dated), "'When' is of the type DateTime")]
    [InlineData(typeof(Positional), "no constructor without parameters")]
    [InlineData(typeof(Numbered), "JsonStringEnumConverter<DayOfWeek>")]
    [InlineData(typeof(Endless), "Endless contains itself")]
    public void Of_TypeThatNoFormShows_SaysWhatToDo(Type type, string said) =>
        Assert.Contains(said, Assert.Throws<NotSupportedException>(() => InputSchema.Of(type)).Message, StringComparison.Ordinal);

    private static void Same(string expected, JsonObject actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
