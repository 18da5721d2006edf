using CallCenter.Durable.Seams;
using Microsoft.Extensions.Logging;

namespace CallCenter.Functions.Http;

/// <summary>
/// Whether the storage answers, and has the task hub. Everybody may ask, without a key, so an answer is kept for some seconds: however many ask,
/// the storage is asked once.
/// </summary>
/// <param name="logger">Told why it does not answer, which is nobody's business outside.</param>
/// <param name="clock">The clock that keeping goes by.</param>
internal sealed class StorageHealth(ILogger<StorageHealth> logger, TimeProvider? clock = null)
{
    /// <summary>An id that no caller can choose, so there is no such instance: the smallest of all reads.</summary>
    private const string Nobody = "+health";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private Task<string>? _answer;
    private long _asked;

    /// <summary><c>ok</c>.</summary>
    /// <param name="client">Asks the storage, if need be.</param>
    /// <exception cref="OrchestrationUnavailableException">It does not answer.</exception>
    public Task<string> AskAsync(IOrchestrationClient client)
    {
        lock (_gate)
        {
            if (_answer is null || _clock.GetElapsedTime(_asked) >= Kept)
                (_answer, _asked) = (LookAsync(client), _clock.GetTimestamp());
            return _answer;
        }
    }

    private async Task<string> LookAsync(IOrchestrationClient client)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        try
        {
            await client.GetAsync(Nobody, patience.Token).WaitAsync(patience.Token);
            return "ok";
        }
        catch (Exception error)
        {
            logger.LogWarning(error, "The storage does not answer");
            throw new OrchestrationUnavailableException(
                "The storage behind this host does not answer, or its task hub is not there. No case is lost by that; the host's log says more.",
                Kept);
        }
    }
}
