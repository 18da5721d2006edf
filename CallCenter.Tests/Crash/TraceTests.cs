using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using CallCenter.Tests.Conformance;
using CallCenter.Tests.Storage;
using CallCenter.Tests.Telemetry;

namespace CallCenter.Tests.Crash;

/// <summary>Traces of the real program, as a collector gets them.</summary>
[Collection(CrashTestGroup.Name)]
public sealed class TraceTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Orchestration = "orchestration:CallCenterOrchestrator";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileACaseWaits_ItsTraceGoesOn()
    {
        await using var collector = await Collector.StartAsync();
        await using (var program = await StandaloneProgram.StartAsync(_folder.Path, collector.Environment))
        {
            await StartAsync(program, TraceId);
            await Eventually.TrueAsync(async () => (await program.Http.GetStringAsync(new Uri("/api/cases/one", UriKind.Relative))).Contains("\"waitingFor\":\"CaseWorked\"", StringComparison.Ordinal));
            await collector.ReceivesAsync("activity:AssignCase");
            await collector.ReceivesAsync("POST /api/cases");
            program.Kill();
            await program.ExitAsync();
        }
        await using var again = await StandaloneProgram.StartAsync(_folder.Path, collector.Environment);
        using (var answer = await again.Http.PostAsJsonAsync("/api/cases/one/work", new { resolved = true, attempt = 1 }))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await collector.ReceivesAsync(Orchestration);
        await collector.ReceivesAsync("POST /api/cases/{id}/work");
        await Eventually.TrueAsync(() => Task.FromResult(collector.Metrics.Contains("callcenter.orchestrations.ended")));

        var whole = collector[Orchestration];
        string[] below = ["activity:OpenCase", "activity:AssignCase", "wait:CaseWorked", "activity:CloseCase"];
        Assert.All(below, name => Assert.Equal((TraceId, whole.SpanId), (collector[name].TraceId, collector[name].ParentId)));
        var create = collector["create_orchestration:CallCenterOrchestrator"];
        var request = collector["POST /api/cases"];
        Assert.Equal((TraceId, create.SpanId), (whole.TraceId, whole.ParentId));
        Assert.Equal((TraceId, request.SpanId), (create.TraceId, create.ParentId));
        Assert.Equal((TraceId, "b7ad6b7169203331"), (request.TraceId, request.ParentId));
        Assert.True(whole.End > collector["wait:CaseWorked"].Start && whole.Start <= collector["activity:OpenCase"].Start);
        Assert.Equal([collector["orchestration_event:CaseWorked"].SpanId], collector["wait:CaseWorked"].Links);
        Assert.Equal(("POST", "/api/cases", "202"), (request.Tags["http.request.method"], request.Tags["http.route"], Number(request.Tags["http.response.status_code"])));
        Assert.Equal("callcenter", request.Service);
        // What was before the kill is not told a second time.
        Assert.Single(collector.Spans, span => span.Name == "activity:OpenCase");
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("livez", StringComparison.Ordinal));
        Assert.Contains("http.server.request.duration", collector.Metrics);
        Assert.Contains("callcenter.journal.flush.duration", collector.Metrics);

        // Protobuf's form of 202.
        static string Number(string value) => value == "18CA01" ? "202" : value;
    }

    [Fact]
    public async Task Start_CallerDoesNotRecord_NoSpansOfTheCase()
    {
        await using var collector = await Collector.StartAsync();
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, collector.Environment);

        await StartAsync(program, TraceId, flags: "00");
        using (var answer = await program.Http.DeleteAsync(new Uri("/api/cases/none", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await collector.ReceivesAsync("DELETE /api/cases/{id}");

        Assert.DoesNotContain(collector.Spans, span => span.TraceId == TraceId);
    }

    [SignalTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Collector_ThatDoesNotAnswer_HurtsNobody(bool listens)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = $"http://{silent.LocalEndpoint}";
        if (!listens)
            silent.Stop();
        await using var program = await StandaloneProgram.StartAsync(_folder.Path, Collector.EnvironmentFor(endpoint));
        for (var i = 0; i < 20; i++)
            await program.Http.StartAsync(new { inputCaseID = "1" }, $"case-{i}");
        for (var i = 0; i < 20; i++)
            await program.Http.DriveAsync($"case-{i}");

        await program.TerminateAsync();

        Assert.Equal(0, await program.ExitAsync(TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain("fail:", program.Output, StringComparison.Ordinal);
    }

    private static async Task StartAsync(StandaloneProgram program, string traceId, string flags = "01")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/cases?instanceId=one", UriKind.Relative)) { Content = JsonContent.Create(new { inputCaseID = "1", workMode = "agent" }) };
        request.Headers.Add("traceparent", $"00-{traceId}-b7ad6b7169203331-{flags}");
        using var answer = await program.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }
}
