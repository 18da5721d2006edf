using System.Text.Json;

namespace CallCenter.Functions.Tests.Build;

/// <summary>Where things are, seen from the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder that the build of the app wrote: these tests refer to it, so it is as new as they are.</summary>
    public static string AppOutput { get; } = Path.Combine(Root, "CallCenter.Functions", "bin", Configuration, "net10.0");

    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static JsonElement Json(params string[] path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(path)), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.Clone();
    }

    /// <summary>The C# files under a folder, build output left out.</summary>
    public static IEnumerable<string> Sources(params string[] folder)
    {
        var root = Path.Combine([Root, .. folder]);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CallCenter.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("CallCenter.sln is in no folder above the tests.");
    }
}
