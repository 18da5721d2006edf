namespace CallCenter.Durable.Seams;

/// <summary>Ids for instances whose starter names none.</summary>
public static class InstanceId
{
    /// <summary>
    /// A new id: 32 lower-case hexadecimal digits. The first half counts down with the time, so that a storage that keeps instances in
    /// the order of their ids has the newest first; the second is random, as far as a GUID's is.
    /// </summary>
    /// <param name="now">The time of the start, UTC.</param>
    public static string Create(DateTime now) =>
#pragma warning disable RS0030 // A start asks for it, never an orchestration.
        $"{DateTime.MaxValue.Ticks - now.Ticks:x16}{Guid.NewGuid().ToString("N").AsSpan(16)}";
#pragma warning restore RS0030
}
