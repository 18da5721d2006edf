namespace CallCenter.Bench;

/// <summary>Where the bench writes.</summary>
internal static class Folders
{
    /// <summary>The results, beside the project file when it is run from its sources.</summary>
    public static string Results { get; } = Directory.CreateDirectory(Path.Combine(Project(), "results")).FullName;

    /// <summary>Makes an empty folder for a journal. Not in the system's folder for temporary files: that may well be no disk at all.</summary>
    public static string Fresh(BenchOptions options, string name)
    {
        var path = PathOf(options, name);
        Remove(path);
        return Directory.CreateDirectory(path).FullName;
    }

    /// <summary>Removes a folder that was made for a journal.</summary>
    public static void Remove(BenchOptions options, string name) => Remove(PathOf(options, name));

    /// <summary>Removes a folder with all that is in it.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static string PathOf(BenchOptions options, string name) => Path.Combine(options.Data ?? Path.Combine(Results, "data"), name);

    private static string Project()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("CallCenter.Bench.csproj").Length > 0)
                return folder.FullName;
        }
        return Environment.CurrentDirectory;
    }
}
