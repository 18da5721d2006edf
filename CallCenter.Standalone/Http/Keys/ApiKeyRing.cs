using CallCenter.Durable.Settings;

namespace CallCenter.Standalone.Http.Keys;

/// <summary>The keys that hold now. They change with the settings, while the program runs.</summary>
internal sealed class ApiKeyRing(IConfiguration configuration)
{
    private readonly Lock _gate = new();
    private volatile ApiKeys _current = ApiKeys.Read(configuration);
    private volatile string? _exposed;
    private volatile string? _unreadable;

    /// <summary>The keys of this moment.</summary>
    public ApiKeys Current => _current;

    /// <summary>Says that others can reach the program under an address.</summary>
    /// <exception cref="InvalidOperationException">The keys do not suffice for that.</exception>
    public void Expose(string address)
    {
        _exposed = address;
        if (Lack(_current) is { } lack)
            throw new InvalidOperationException(lack);
    }

    /// <summary>Says that a file of settings cannot be read: what the settings hold without it is not what somebody wanted.</summary>
    public void Unreadable(string reason) => _unreadable = reason;

    /// <summary>Takes over what changes from now on.</summary>
    public void Follow(ILogger logger) => Microsoft.Extensions.Primitives.ChangeToken.OnChange(configuration.GetReloadToken, () => Reload(logger));

    private void Reload(ILogger logger)
    {
        lock (_gate)
        {
            try
            {
                var next = ApiKeys.Read(configuration);
                if (Refusal(next) is { } reason)
                {
                    logger.LogError("The keys stay as they were. {Reason}", reason);
                }
                else if (!next.Same(_current))
                {
                    _current = next;
                    logger.LogInformation("The keys have changed. They are now: {Keys}", next);
                }
            }
            catch (InvalidSettingException invalid)
            {
                logger.LogError("The keys stay as they were. {Reason}", invalid.Message);
            }
        }
    }

    private string? Refusal(ApiKeys next)
    {
        if (_unreadable is { } unreadable)
        {
            _unreadable = null;
            return unreadable;
        }
        // A file that is being replaced is gone for a moment, and nobody opens a running host by deleting a line.
        if (next.IsEmpty && !_current.IsEmpty)
            return "The settings no longer hold a key; to run without one, restart the program.";
        return Lack(next);
    }

    private string? Lack(ApiKeys keys)
    {
        if (_exposed is not { } address)
            return null;
        if (keys.IsEmpty)
        {
            return $"The address {address} can be reached from other machines, and no key is set. " +
                $"Set {ApiKeys.Single} (environment: CallCenter__ApiKey), or listen on 127.0.0.1.";
        }
        return keys.Short is { } key
            ? $"The address {address} can be reached from other machines, and the key '{key.Name}' has fewer than {ApiKeys.LeastLength} characters. " +
                "Take a longer one (openssl rand -hex 32 makes one), or listen on 127.0.0.1."
            : null;
    }
}
