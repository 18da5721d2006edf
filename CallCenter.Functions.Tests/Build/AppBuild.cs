using System.Text.Json;
using CallCenter.Tests.Support;

namespace CallCenter.Functions.Tests.Build;

/// <summary>What the build of the app wrote: these tests refer to it, so it is as new as they are.</summary>
internal static class AppBuild
{
    /// <summary>Its folder.</summary>
    public static string Output { get; } = Path.Combine(Repository.Root, "CallCenter.Functions", "bin", Configuration, "net10.0");

    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static JsonElement Json(params string[] path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(path)), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.Clone();
    }
}
