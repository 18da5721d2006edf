namespace CallCenter.Api.Console;

/// <summary>The console's files as they were written.</summary>
internal static class ConsoleSources
{
    private const string Prefix = "console/";

    /// <summary>Their texts, by their paths under <c>wwwroot</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var assembly = typeof(ConsoleSources).Assembly;
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // MSBuild writes the folders with the separator of the machine that built.
            sources.Add(resource[Prefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
        return sources;
    }
}
