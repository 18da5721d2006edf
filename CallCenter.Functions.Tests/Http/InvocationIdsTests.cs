using System.Collections.Immutable;
using System.Text.Json;
using CallCenter.Functions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace CallCenter.Functions.Tests.Http;

/// <summary>A forwarded request and its invocation find each other, whatever header the caller sent, and whichever comes first.</summary>
public sealed class InvocationIdsTests
{
    private const string Real = "11111111-1111-1111-1111-111111111111";
    private const string Callers = "22222222-2222-2222-2222-222222222222";

    private readonly InvocationIds _ids = new();
    private TaskCompletionSource _answered = new();

    /// <summary>What the caller sent, and what a host made of it: it adds its id, replaces the caller's, or leaves that alone.</summary>
    public static TheoryData<string?, string> Hosts => new() { { null, Real }, { Callers, Real }, { Callers, Callers }, { "no GUID", "no GUID" } };

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Request_BeforeItsInvocation_FindsIt(string? sent, string forwarded)
    {
        var request = RequestAsync(forwarded);
        var invocation = InvokeAsync("httpTrigger", sent);

        Assert.Equal(Real, await request);
        await EndAsync(invocation);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Request_AfterItsInvocation_FindsIt(string? sent, string forwarded)
    {
        var invocation = InvokeAsync("httpTrigger", sent);

        Assert.Equal(Real, await RequestAsync(forwarded));
        await EndAsync(invocation);
    }

    [Fact]
    public async Task Request_SameIdAgainLater_FindsItsOwnInvocation()
    {
        var first = InvokeAsync("httpTrigger", Callers, "first");
        Assert.Equal("first", await RequestAsync(Callers));
        await EndAsync(first);

        var again = InvokeAsync("httpTrigger", Callers, "second");
        Assert.Equal("second", await RequestAsync(Callers));
        await EndAsync(again);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_SameIdAtOnce_EachFindsAnInvocation(bool requestsFirst)
    {
        Task<string?>[] requests = requestsFirst ? [RequestAsync(Callers), RequestAsync(Callers)] : [];
        Task[] invocations = [InvokeAsync("httpTrigger", Callers, "first"), InvokeAsync("httpTrigger", Callers, "second")];
        if (!requestsFirst)
            requests = [RequestAsync(Callers), RequestAsync(Callers)];

        Assert.Equal(["first", "second"], (await Task.WhenAll(requests)).Order());

        _answered.SetResult();
        await Task.WhenAll(invocations);
        Assert.Equal(0, _ids.Count);
    }

    [Fact]
    public async Task Request_GivenUpBeforeItsInvocation_LeavesNothingBehind()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RequestAsync(Real, new CancellationToken(canceled: true)));

        Assert.Equal(0, _ids.Count);
    }

    [Fact]
    public async Task Invocation_HeaderThatIsNeverForwarded_FailsAtOnce() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => InvokeAsync("httpTrigger", "ü"));

    [Fact]
    public async Task Invocation_OfNoRequest_GoesOn() => await EndAsync(InvokeAsync("activityTrigger", null));

    private Task EndAsync(Task invocation)
    {
        _answered.TrySetResult();
        return invocation;
    }

    private Task InvokeAsync(string trigger, string? sent, string id = Real)
    {
        var binding = new Mock<BindingMetadata>();
        binding.SetupGet(data => data.Type).Returns(trigger);
        var definition = new Mock<FunctionDefinition>();
        definition.SetupGet(function => function.InputBindings).Returns(ImmutableDictionary<string, BindingMetadata>.Empty.Add("request", binding.Object));
        var bindings = new Mock<BindingContext>();
        var headers = sent is null ? new() { ["Accept"] = "*/*" } : new Dictionary<string, string> { ["Accept"] = "*/*", ["X-MS-Invocation-Id"] = sent };
        bindings.SetupGet(context => context.BindingData).Returns(new Dictionary<string, object?> { ["Headers"] = JsonSerializer.Serialize(headers) });
        var context = new Mock<FunctionContext>(MockBehavior.Strict);
        context.SetupGet(function => function.InvocationId).Returns(id);
        context.SetupGet(function => function.FunctionDefinition).Returns(definition.Object);
        context.SetupGet(function => function.BindingContext).Returns(bindings.Object);
        var answered = _answered.Task.IsCompleted ? _answered = new() : _answered;
        return _ids.Invoke(context.Object, _ => answered.Task);
    }

    /// <summary>The id by which the worker goes on.</summary>
    private async Task<string?> RequestAsync(string id, CancellationToken aborted = default)
    {
        string? seen = null;
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        _ids.Configure(_ => app.Run(context =>
        {
            seen = context.Request.Headers[InvocationIds.Header];
            return Task.CompletedTask;
        }))(app);
        var request = new DefaultHttpContext { RequestAborted = aborted };
        request.Request.Headers[InvocationIds.Header] = id;
        await app.Build()(request);
        return seen;
    }
}
