using System.Diagnostics;
using System.Net;
using System.Text;
using CallCenter.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Functions.Tests.Telemetry;

/// <summary>Spans leave the worker only where a setting names a collector.</summary>
public sealed class WorkerTracingTests
{
    private static ServiceProvider Services(string? endpoint)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(WorkerTracing.Endpoint, endpoint)]).Build();
        return new ServiceCollection().AddLogging().AddOptions().AddWorkerTracing(configuration).BuildServiceProvider();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Tracing_WithoutACollector_AddsNothing(string? endpoint)
    {
        using var services = Services(endpoint);

        Assert.Empty(services.GetServices<IHostedService>());
        Assert.DoesNotContain("WorkerOpenTelemetryEnabled", services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities);
    }

    [Fact]
    public void Tracing_WithACollector_TellsTheHostThatTheWorkerSendsItsOwn()
    {
        using var services = Services("http://127.0.0.1:9");

        Assert.Equal("True", services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities["WorkerOpenTelemetryEnabled"]);
    }

    [Fact]
    public async Task Tracing_SpansOfAFunctionCall_ArriveAtTheCollector()
    {
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var received = ReceiveAsync(collector);
        // The exporter itself reads the environment, as it does in the worker.
        Environment.SetEnvironmentVariable(WorkerTracing.Endpoint, $"http://127.0.0.1:{port}");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            await using var services = Services($"http://127.0.0.1:{port}");
            var exporter = Assert.Single(services.GetServices<IHostedService>());
            await exporter.StartAsync(default);
            using (var source = new ActivitySource("Microsoft.Azure.Functions.Worker"))
            using (source.StartActivity("a function call"))
            {
                // Nothing is done in it.
            }
            await exporter.StopAsync(default);

            Assert.Contains("a function call", await received.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(WorkerTracing.Endpoint, null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }
    }

    private static async Task<string> ReceiveAsync(HttpListener collector)
    {
        var context = await collector.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.Close();
        return Encoding.Latin1.GetString(body.ToArray());
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
