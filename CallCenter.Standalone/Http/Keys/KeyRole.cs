namespace CallCenter.Standalone.Http.Keys;

/// <summary>What a key may do. Each role may do what those before it may.</summary>
internal enum KeyRole
{
    /// <summary>Read everything.</summary>
    Read,

    /// <summary>Start cases, and answer those that wait.</summary>
    Agent,

    /// <summary>Everything.</summary>
    Admin,
}

/// <summary>Which role a call needs.</summary>
internal static class KeyRoles
{
    private const string Cases = "cases";
    private const string Instances = "/runtime/webhooks/durabletask/instances/";

    /// <summary>Why a key does not suffice.</summary>
    public static string Refusal(ApiKey key, KeyRole needed) =>
        $"The key '{key.Name}' has the role '{key.Role.Name()}'. This call needs a key with the role '{needed.Name()}'.";

    /// <summary>Which role an operation of the Step Functions API needs that changes something: the same as the call of the contract that does it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="collection">The collection of the workflow that it is done to.</param>
    public static KeyRole NeededFor(string operation, string collection) =>
        collection == Cases && (operation == "StartExecution" || operation.StartsWith("SendTask", StringComparison.Ordinal)) ? KeyRole.Agent : KeyRole.Admin;

    /// <summary>The name, as the settings write it.</summary>
    public static string Name(this KeyRole role) => role switch
    {
        KeyRole.Read => "read",
        KeyRole.Agent => "agent",
        _ => "admin",
    };

    /// <summary>The role of a name, or null.</summary>
    public static KeyRole? Named(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "read" => KeyRole.Read,
        "agent" => KeyRole.Agent,
        "admin" => KeyRole.Admin,
        _ => null,
    };

    /// <summary>
    /// Asked of the path as it was sent and as the server understands it: the higher of the two counts. What is not known
    /// here is the administrator's.
    /// </summary>
    public static KeyRole NeededFor(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            return KeyRole.Read;
        return HttpMethods.IsPost(method) && IsAgents(context.Request.Path.Value ?? "") && IsAgents(RawTarget.Of(context).Path) ? KeyRole.Agent : KeyRole.Admin;
    }

    private static bool IsAgents(string path)
    {
        if (path.EndsWith('/'))
            path = path[..^1];
        if (path.StartsWith(Instances, StringComparison.OrdinalIgnoreCase))
            return path[Instances.Length..].Split('/') is [not "", var action, not ""] && action == "raiseEvent";
        string[] parts = [.. path.Split('/').Skip(1).Select(part => part.ToLowerInvariant())];
        return parts is ["api", Cases] or ["api", Cases, not "", "work"];
    }
}
