using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using CallCenter.Tests.Conformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Telemetry;

/// <summary>A span as a collector got it.</summary>
internal sealed record CollectedSpan(
    string TraceId, string SpanId, string ParentId, string Name, long Start, long End, Dictionary<string, string> Tags, IReadOnlyList<string> Links, string Service);

/// <summary>A collector of OpenTelemetry's protocol (http/protobuf) that keeps what it gets.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();

    private Collector(WebApplication app) => _app = app;

    /// <summary>The environment of a program that sends to it, often.</summary>
    public Dictionary<string, string?> Environment => EnvironmentFor(_app.Urls.Single());

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>The names of the metrics.</summary>
    public ICollection<string> Metrics => _metrics.Keys;

    /// <summary>The only span of a name.</summary>
    public CollectedSpan this[string name] => _spans.Single(span => span.Name == name);

    public static Dictionary<string, string?> EnvironmentFor(string endpoint) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
    };

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits until a span of a name has come.</summary>
    public Task ReceivesAsync(string name) =>
        Eventually.TrueAsync(() => Task.FromResult(_spans.Any(span => span.Name == name)), () => $"{name} is not among {string.Join(", ", _spans.Select(span => span.Name))}.");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var resource in Fields(body.ToArray(), 1))
        {
            if (context.Request.Path == "/v1/traces")
                TakeSpans(resource);
            foreach (var metric in context.Request.Path == "/v1/metrics" ? Fields(resource, 2).SelectMany(scope => Fields(scope, 2)) : [])
                _metrics[Text(metric, 1)] = true;
        }
    }

    private void TakeSpans(byte[] resource)
    {
        var service = Tags(Fields(resource, 1).First(), 1)["service.name"];
        foreach (var span in Fields(resource, 2).SelectMany(scope => Fields(scope, 2)))
        {
            _spans.Enqueue(new(
                Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), Nanoseconds(span, 7), Nanoseconds(span, 8), Tags(span, 9),
                [.. Fields(span, 13).Select(link => Hex(link, 2))], service));
        }
    }

    private static Dictionary<string, string> Tags(byte[] message, int field) => Fields(message, field).ToDictionary(tag => Text(tag, 1), tag => Value(Fields(tag, 2).First()));

    /// <summary>Texts and numbers; nothing else is needed here.</summary>
    private static string Value(byte[] value) => value is [0x0A, ..] ? Text(value, 1) : value.Length == 2 ? $"{value[1]}" : Convert.ToHexString(value);

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    private static long Nanoseconds(byte[] message, int field) => BinaryPrimitives.ReadInt64LittleEndian(Fields(message, field).First());

    /// <summary>The contents of the fields of a number in a message of protobuf.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int wanted)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            var begin = at;
            var length = (tag & 7) switch
            {
                0 => Skip(message, begin) - begin,
                1 => 8,
                5 => 4,
                _ => (int)Number(message, ref at),
            };
            if ((int)(tag >> 3) == wanted)
                yield return message[at..(at + length)];
            at += length;
        }
    }

    private static int Skip(byte[] message, int at)
    {
        Number(message, ref at);
        return at;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
