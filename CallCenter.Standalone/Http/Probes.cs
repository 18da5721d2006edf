using CallCenter.Api;

namespace CallCenter.Standalone.Http;

/// <summary>The questions of whoever starts, stops and watches programs: without a key, and by whatever name or address it finds them.</summary>
internal static class Probes
{
    /// <summary>Asked of the path as it was sent and as the server understands it.</summary>
    public static bool Is(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && CallCenterApi.IsProbe(context.Request.Path.Value ?? "") && CallCenterApi.IsProbe(RawTarget.Of(context).Path);
}
