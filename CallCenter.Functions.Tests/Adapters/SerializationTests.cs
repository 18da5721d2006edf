using System.Text;
using System.Text.Json;
using Azure.Core.Serialization;
using CallCenter.Durable.Errors;
using CallCenter.Functions.Client;
using CallCenter.Workflows.CallCenter;
using Microsoft.DurableTask.Converters;

namespace CallCenter.Functions.Tests.Adapters;

/// <summary>
/// What stands in a history: the same JSON whichever host writes it, and every host reads the others'. The worker writes with its
/// serializer's defaults, the engine in memory with its own, Standalone with non-ASCII letters as they are.
/// </summary>
public sealed class SerializationTests
{
    private static readonly JsonSerializerOptions Standalone = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, Func<object, string> Write, Func<string, Type, object?> Read)[] Writers =
    [
        ("worker", Worker, (json, type) => new JsonObjectSerializer(new JsonSerializerOptions { PropertyNameCaseInsensitive = true })
            .Deserialize(new MemoryStream(Encoding.UTF8.GetBytes(json)), type, default)),
        ("engine", value => JsonDataConverter.Default.Serialize(value)!, (json, type) => JsonDataConverter.Default.Deserialize(json, type)),
        ("standalone", value => JsonSerializer.Serialize(value, value.GetType(), Standalone), (json, type) => JsonSerializer.Deserialize(json, type, Standalone)),
    ];

    public static TheoryData<object, string> Payloads => new()
    {
        {
            new CaseInput { InputCaseId = "001", WorkMode = WorkMode.Agent, OnEscalation = OnEscalation.WorkAgain },
            """{"inputCaseID":"001","workMode":"agent","agentDeadlineSeconds":1800,"onEscalation":"workAgain","maxAttempts":5,"retry":{"maxAttempts":3,"firstDelaySeconds":1,"backoff":2}}"""
        },
        { SupportCase.Open("001"), """{"Case":"001","Message":"Case 001: opened..."}""" },
        { SupportCase.Open("001").Work(1), """{"Case":"001","Status":1,"Message":"Case 001: opened...resolved..."}""" },
        { new CaseWorked { Resolved = true, Attempt = 2, Agent = "Kim" }, """{"resolved":true,"attempt":2,"agent":"Kim"}""" },
        { new ErrorDetails("A.B", "no"), """{"type":"A.B","message":"no"}""" },
    };

    [Theory]
    [MemberData(nameof(Payloads), DisableDiscoveryEnumeration = true)]
    public void Payload_WrittenByAnyHost_IsTheSameAndReadByAllOthers(object payload, string json)
    {
        foreach (var writer in Writers)
        {
            Assert.Equal((writer.Name, json), (writer.Name, writer.Write(payload)));
            foreach (var reader in Writers)
                Assert.Equal((reader.Name, payload), (reader.Name, reader.Read(writer.Write(payload), payload.GetType())));
        }
    }

    [Fact]
    public void Payload_LettersBeyondAscii_SurviveFromEveryHostToEveryOther()
    {
        var payload = SupportCase.Open("ü 😀 漢字 \"<b>");
        foreach (var writer in Writers)
        {
            foreach (var reader in Writers)
                Assert.Equal(payload, reader.Read(writer.Write(payload), typeof(SupportCase)));
        }
    }

    [Fact]
    public void Input_WithAStartToken_IsReadAsWithout()
    {
        var input = new CaseInput { InputCaseId = "001" };

        foreach (var reader in Writers)
            Assert.Equal(input, reader.Read(Worker(StartToken.AddTo(input, StartToken.Create())), typeof(CaseInput)));
    }

    private static string Worker(object value)
    {
        using var stream = new MemoryStream();
        new JsonObjectSerializer(new JsonSerializerOptions { PropertyNameCaseInsensitive = true }).Serialize(stream, value, value.GetType(), default);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
