namespace CallCenter.Standalone.Http.Keys;

/// <summary>The key that a caller has shown.</summary>
/// <param name="Shown">As it was shown, to be given back to this caller alone.</param>
internal sealed record Caller(string Shown)
{
    /// <summary>The key that the caller of a request has shown, or null on a host without keys.</summary>
    public static string? KeyOf(HttpContext context) => context.Features.Get<Caller>()?.Shown;
}
