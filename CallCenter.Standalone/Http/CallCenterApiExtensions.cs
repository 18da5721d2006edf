using System.Net;
using CallCenter.Api;
using CallCenter.Api.Http;
using CallCenter.Api.StepFunctions;
using CallCenter.Durable.Seams;

namespace CallCenter.Standalone.Http;

/// <summary>Serves the HTTP contract from ASP.NET Core.</summary>
public static class CallCenterApiExtensions
{
    /// <summary>Answers every request that is the contract's (<see cref="CallCenterApi.Owns"/>), and leaves all others to what comes after.</summary>
    public static IApplicationBuilder UseCallCenterApi(this IApplicationBuilder app, CallCenterApi api, IOrchestrationClient client) =>
        app.Use(async (context, next) =>
        {
            var (path, query) = RawTarget.Of(context);
            if (!CallCenterApi.Owns(path))
            {
                await next(context);
                return;
            }
            await (await api.HandleAsync(ToRequest(context, path, query), client)).WriteToAsync(context);
        });

    /// <summary>The request as the contract wants it.</summary>
    public static ApiRequest ToApiRequest(this HttpContext context)
    {
        var (path, query) = RawTarget.Of(context);
        return ToRequest(context, path, query);
    }

    /// <summary>Writes a response out, compressed where its caller takes that.</summary>
    public static async Task WriteToAsync(this ApiResponse response, HttpContext context)
    {
        // Whatever part of this host refuses it: a client of AWS understands no other form.
        if (response.ContentType == Problem.ContentType && StepFunctionsApiExtensions.IsMeant(context))
            response = AwsResponse.Of(response);
        response = response.Compressed(context.Request);
        context.Response.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
            context.Response.Headers[name] = value;
        if (response.ContentType is not null)
            context.Response.ContentType = response.ContentType;
        if (response.Body.IsEmpty || context.RequestAborted.IsCancellationRequested || HttpMethods.IsHead(context.Request.Method))
            return;
        context.Response.ContentLength = response.Body.Length;
        await context.Response.BodyWriter.WriteAsync(response.Body);
    }

    /// <summary>How the caller names this host; HTTP/1.0 need not, and then it is the address that was called.</summary>
    private static string Authority(HttpContext context)
    {
        if (context.Request.Host.HasValue)
            return context.Request.Host.Value;
        var connection = context.Connection;
        if (connection.LocalIpAddress is not { } address)
            return "localhost";
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString();
    }

    private static string? HeaderOf(HttpContext context, string name)
    {
        var value = context.Request.Headers.TryGetValue(name, out var values) ? string.Join(", ", values.ToArray()) : null;
        return name == "If-None-Match" ? Compression.WithoutCodings(value) : value;
    }

    private static ApiRequest ToRequest(HttpContext context, string path, string query) => new()
    {
        Method = context.Request.Method,
        Path = path,
        Query = query,
        Header = name => HeaderOf(context, name),
        Body = context.Request.Body,
        ContentLength = context.Request.ContentLength,
        BaseUri = $"{context.Request.Scheme}://{Authority(context)}{context.Request.PathBase}",
        HostRequest = context,
        Cancellation = context.RequestAborted,
    };
}
