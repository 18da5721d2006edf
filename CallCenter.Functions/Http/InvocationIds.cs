using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CallCenter.Functions.Http;

/// <summary>
/// Finds the invocation of a forwarded request whose caller sent an <c>x-ms-invocation-id</c> of his own, as an app does that passes on the headers
/// it got. The worker pairs the two by that header, and hosts older than the summer of 2025 leave the caller's in it: the request would
/// hang for 15 s and fail. So would one that the host cannot forward; it fails at once.
/// </summary>
internal sealed class InvocationIds : IFunctionsWorkerMiddleware, IStartupFilter
{
    /// <summary>The header by which the host names the invocation.</summary>
    public const string Header = "x-ms-invocation-id";

    /// <summary>As long as the worker itself waits for the other half.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Half> _invocations = [];
    private readonly List<Half> _requests = [];

    /// <summary>How many of either wait for the other.</summary>
    internal int Count => _invocations.Count + _requests.Count;

    /// <summary>The host's half: says by which id the request may come.</summary>
    /// <exception cref="InvalidOperationException">The host has not forwarded it, and will not.</exception>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase)))
        {
            await next(context);
            return;
        }
        var headers = HeadersOf(context);
        if (headers.Values.Any(value => !Ascii.IsValid(value)))
            throw new InvalidOperationException("A header of this request holds a character beyond ASCII. The Functions host cannot forward such a request.");
        var half = new Half(headers.TryGetValue(Header, out var sent) ? [context.InvocationId, sent] : [context.InvocationId]);
        Meet(half, _invocations, _requests)?.Found.TrySetResult(context.InvocationId);
        try
        {
            await next(context);
        }
        finally
        {
            lock (_gate)
                _invocations.Remove(half);
        }
    }

    /// <summary>The request's half: puts the invocation's own id into the header.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var name = context.Request.Headers[Header].ToString();
            context.Request.Headers[Header] = await InvocationAsync(name, context.RequestAborted);
            await following(context);
        });
        next(app);
    };

    private async Task<string> InvocationAsync(string name, CancellationToken aborted)
    {
        var half = new Half([name]);
        if (Meet(half, _requests, _invocations) is { } invocation)
            return invocation.Names[0];
        try
        {
            return await half.Found.Task.WaitAsync(Patience, aborted);
        }
        catch
        {
            lock (_gate)
                _requests.Remove(half);
            throw;
        }
    }

    /// <summary>
    /// The other half that has waited longest, or null when this one has to wait. Of several with one name it does not matter which is whose: what an
    /// invocation does is told by the request alone.
    /// </summary>
    private Half? Meet(Half half, List<Half> waiting, List<Half> others)
    {
        lock (_gate)
        {
            var other = others.Find(other => other.Names.Any(half.Names.Contains));
            if (other is null)
                waiting.Add(half);
            else
                others.Remove(other);
            return other;
        }
    }

    /// <summary>The headers as the host got them, which it tells beside the trigger.</summary>
    private static Dictionary<string, string> HeadersOf(FunctionContext context)
    {
        var headers = context.BindingContext.BindingData.GetValueOrDefault("Headers") is string json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)
            : null;
        return new(headers ?? [], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>An invocation, with the names that its request may have (its own first), or a request.</summary>
    private sealed class Half(string[] names)
    {
        public string[] Names => names;

        public TaskCompletionSource<string> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
