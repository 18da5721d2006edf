namespace CallCenter.Workflows.CallCenter;

/// <summary>Who decides whether a case is resolved, when <see cref="WorkMode.Simulated"/>. Replace it to do real work.</summary>
public interface ICaseWorker
{
    /// <summary>Works on a case.</summary>
    /// <returns>The case's Status: 1 resolved, 0 unresolved.</returns>
    /// <exception cref="Exception">Anything thrown is a failed attempt, and is tried again as the case's retry policy says.</exception>
    Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation);
}
