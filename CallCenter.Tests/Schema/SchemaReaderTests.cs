using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Schema;

public sealed class SchemaReaderTests
{
    private static readonly InputSchema OrderSchema = InputSchema.Of(typeof(Order), OrderJson.Default);
    private static readonly InputSchema CaseSchema = InputSchema.Of(typeof(CaseInput), CaseJson.Default);
    private static readonly InputSchema WorkedSchema = InputSchema.Of(typeof(CaseWorked), CaseJson.Default);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions WithoutNulls = new(Relaxed) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const string Right = "\"number\":\"A-1\",\"paid\":true,\"pieces\":2";

    [Fact]
    public void Read_SmallestBody_IsWhatTheRecordWouldWriteWithoutItsNulls() => Assert.Equal(
        JsonSerializer.Serialize(new Order { Number = "A-1", Paid = true, Pieces = 2 }, WithoutNulls),
        Read($"{{{Right}}}"));

    [Theory]
    [InlineData(""" "discount":0 """, "discount", null)]
    [InlineData(""" "gift":true """, "gift", "true")]
    [InlineData(""" "gift":false """, "gift", null)]
    [InlineData(""" "wrapping":"large" """, "wrapping", "\"large\"")]
    [InlineData(""" "wrapping":"small" """, "wrapping", null)]
    [InlineData(""" "comment":"" """, "comment", null)]
    [InlineData(""" "greeting":"" """, "greeting", "\"Hello <you>\"")]
    [InlineData(""" "comment":"a\n\u00fc\ud83d\ude00" """, "comment", "\"a\\nü\\uD83D\\uDE00\"")]
    [InlineData(""" "priority":7 """, "priority", "7")]
    [InlineData(""" "weight":1e1 """, "weight", "10")]
    [InlineData(""" "weight":0.10 """, "weight", "0.1")]
    [InlineData(""" "\u0077eight":2 """, "weight", "2")]
    [InlineData(""" "second":"small" """, "second", "\"small\"")]
    [InlineData(""" "address":{"street":"x"} """, "address", """{"street":"x","floor":3}""")]
    [InlineData(""" "billing":{"street":"x"} """, "billing", """{"street":"x","floor":1}""")]
    public void Read_Member_IsInNormalForm(string member, string name, string? expected)
    {
        using var read = JsonDocument.Parse(Read($"{{{Right},{member}}}"));

        Assert.Equal(expected, read.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null);
    }

    [Theory]
    [InlineData(""" "paid":true,"pieces":2 """, "'number' is missing. Give the number of the order, such as \"A-1\".")]
    [InlineData(""" "number":" ","paid":true,"pieces":2 """, "'number' is blank. Give the number of the order, such as \"A-1\".")]
    [InlineData(""" "number":"1","pieces":2 """, "'paid' is missing. Send true or false.")]
    [InlineData(""" "number":"1","paid":true """, "'pieces' is missing. Send a whole number from 1 to 9.")]
    [InlineData(Right + ""","number":"2" """, "'number' is given twice. Give it once.")]
    [InlineData(Right + ""","size":"Large" """, "'size' must be one of \"small\", \"large\", not \"Large\".")]
    [InlineData(Right + ""","weight":-1 """, "'weight' must be a number from -0.5 to 100, not -1.")]
    [InlineData(Right + ""","priority":99999999999 """, "'priority' must be a whole number from -2147483648 to 2147483647, not 99999999999.")]
    [InlineData(Right + ""","priority":null """, "'priority' must be a whole number from -2147483648 to 2147483647, not null.")]
    [InlineData(Right + ""","comment":"123456789012345678901" """, "'comment' is 21 characters long; at most 20 are allowed.")]
    [InlineData(Right + ""","greeting":"a\nb" """, "'greeting' contains a control character (U+000A). Only visible characters are allowed.")]
    [InlineData(Right + ""","gift":1 """, "'gift' must be true or false, not a number.")]
    [InlineData(Right + ""","address":{} """, "'address.street' is missing. Give a text.")]
    [InlineData(Right + ""","address":null """, "'address' must be an object, not null.")]
    [InlineData(Right + ""","address":{"street":"x","flor":1} """, "The property 'address.flor' is not known. Did you mean 'floor'? The known ones are: street, floor.")]
    public void Read_WrongMember_SaysWhatWouldBeRight(string members, string said)
    {
        var errors = new List<FieldError>();

        var read = SchemaReader.Read(JsonElement.Parse($"{{{members}}}"), OrderSchema, errors);

        Assert.Equal(said, Assert.Single(errors).Message);
        Assert.Equal(JsonValueKind.Undefined, read.ValueKind);
    }

    [Fact]
    public void Read_InternalValue_IsUnknownToCallers()
    {
        var errors = new List<FieldError>();

        SchemaReader.Read(JsonElement.Parse($$"""{{{Right}},"token":"x"}"""), OrderSchema, errors);

        Assert.StartsWith("The property 'token' is not known. The known ones are: number, paid, pieces,", Assert.Single(errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(", token", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingIsKnown_SaysSo()
    {
        var errors = new List<FieldError>();

        SchemaReader.Read(JsonElement.Parse("""{"a":1}"""), InputSchema.Of(typeof(Nothing)), errors);

        Assert.Equal("The property 'a' is not known. There are none.", Assert.Single(errors).Message);
    }

    [Fact]
    public void Read_AfterARefusal_IsNotTouchedByIt()
    {
        SchemaReader.Read(JsonElement.Parse("""{"a":1}"""), OrderSchema, []);

        Assert.StartsWith("{\"number\":\"A-1\",", Read($"{{{Right}}}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "The body is an array. Send a JSON object such as {\"number\":\"A-1\",\"paid\":true,\"pieces\":2}.")]
    [InlineData("{}", null)]
    public void NotAnObject_Body_IsSaid(string body, string? said) => Assert.Equal(said, SchemaReader.NotAnObject(JsonElement.Parse(body), OrderSchema));

    [Fact]
    public void With_Members_StandWhereTheRecordHasThem()
    {
        var read = SchemaReader.Read(JsonElement.Parse("""{"note":"n","agent":"a","resolved":true}"""), WorkedSchema, []);

        Assert.Equal(
            """{"resolved":true,"attempt":2,"agent":"a","answerId":"x","note":"n"}""",
            WorkedSchema.With(read, ("answerId", "x"), ("attempt", 2)).GetRawText());
    }

    [Fact]
    public void Read_AnyRightInput_IsWhatTheRecordWouldWrite()
    {
        var input =
            from id in Id
            from mode in Gen.Elements(Enum.GetValues<WorkMode>())
            from escalation in Gen.Elements(Enum.GetValues<OnEscalation>())
            from deadline in Gen.Choose(1, 2_592_000)
            from attempts in Gen.Choose(1, 20)
            from retries in Gen.Choose(1, 20)
            from delay in Gen.Choose(1, 360_000)
            from backoff in Gen.Choose(0, 9_000_000)
            select new CaseInput
            {
                InputCaseId = id,
                WorkMode = mode,
                OnEscalation = escalation,
                AgentDeadlineSeconds = deadline,
                MaxAttempts = attempts,
                Retry = new RetryOptions { MaxAttempts = retries, FirstDelaySeconds = delay / 100.0, Backoff = 1 + backoff / 1_000_000.0 },
            };

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(input.ToArbitrary(), one => IsSame(one, CaseSchema)));
    }

    [Fact]
    public void Read_AnyRightAnswer_IsWhatTheRecordWouldWrite()
    {
        var answer =
            from resolved in Gen.Elements(true, false)
            from attempt in Gen.Choose(0, 20)
            from agent in Gen.OneOf(Gen.Constant<string?>(null), Id.Select(id => (string?)id))
            from note in Gen.OneOf(Gen.Constant<string?>(null), Id.Select(id => (string?)(id + "\n\t" + id)))
            select new CaseWorked { Resolved = resolved, Attempt = attempt == 0 ? null : attempt, Agent = agent, Note = note };

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(answer.ToArbitrary(), one => IsSame(one, WorkedSchema)));
    }

    private static Gen<string> Id { get; } = Gen.Elements("a", "Z", "0", "é", "\"", "\\", "<", "&", "'", "/", "+", "한", "😀", "ß", "~").NonEmptyListOf()
        .Select(parts => string.Concat(parts.Take(30)));

    /// <summary>Its members come in any order and in any spelling, and go out as the record writes them.</summary>
    private static bool IsSame<T>(T value, InputSchema schema)
    {
        var body = JsonSerializer.SerializeToElement(value);
        var shuffled = "{ " + string.Join(" , ", body.EnumerateObject().Reverse().Select(member => $"\"{member.Name}\" : {member.Value.GetRawText()}")) + " }";
        var errors = new List<FieldError>();
        var read = SchemaReader.Read(JsonElement.Parse(shuffled), schema, errors);
        return errors.Count == 0 && read.GetRawText() == JsonSerializer.Serialize(value, Relaxed);
    }

    private static string Read(string body)
    {
        var errors = new List<FieldError>();
        var read = SchemaReader.Read(JsonElement.Parse(body), OrderSchema, errors);
        Assert.Empty(errors);
        return read.GetRawText();
    }
}
