using Npgsql;

namespace CallCenter.Assignments;

/// <summary>A connection to PostgreSQL as an address, which is how most providers show it and Npgsql does not read it.</summary>
internal static class PostgresUri
{
    public static bool IsOne(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        // Of a password with an @ or a / in it, a part would be taken for the host, and shown.
        if (text.Count('@') > 1
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Host.Length == 0
            || (text.Contains('@', StringComparison.Ordinal) && address.UserInfo.Length == 0))
            throw ConnectionSetting.Wrong("is not an address that can be read; @, :, / and % in a name or a password are written %40, %3A, %2F and %25");
        var settings = new NpgsqlConnectionStringBuilder { Host = address.IdnHost.Trim('[', ']') };
        if (address.Port > 0)
            settings.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        if (address.AbsolutePath.Length > 1)
            settings.Database = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        var number = 0;
        foreach (var parameter in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Add(settings, $"parameter number {++number} behind the ?", parameter.Split('=', 2));
        return settings;
    }

    // libpq's names differ from Npgsql's in little: sslmode=verify-full is SSL Mode=VerifyFull.
    private static void Add(NpgsqlConnectionStringBuilder settings, string place, string[] parameter)
    {
        var value = parameter.Length > 1 ? Uri.UnescapeDataString(parameter[1]) : "";
        var (name, wanted) = parameter[0] switch
        {
            "sslmode" => ("SSL Mode", value.Replace("-", "", StringComparison.Ordinal)),
            "connect_timeout" => ("Timeout", value),
            var other => (other.Replace('_', ' '), value),
        };
        ConnectionSetting.Set(settings, place, name, wanted);
    }
}
