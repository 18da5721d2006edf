using Microsoft.Extensions.Configuration;

namespace CallCenter.Functions;

/// <summary>A place for files on a developer's machine.</summary>
internal static class LocalFolder
{
    /// <summary>
    /// The folder, made where it is missing. Null in Azure: an instance there comes and goes with its disk, and others would not see its files.
    /// It is not beside the app, because the Functions host starts anew when a folder appears there.
    /// </summary>
    public static string? Find(IConfiguration configuration)
    {
        // Core Tools set the first; the second is what an App Service plan sets, whatever the first says.
        var isLocal = configuration["AZURE_FUNCTIONS_ENVIRONMENT"] == "Development" && string.IsNullOrEmpty(configuration["WEBSITE_INSTANCE_ID"]);
        var home = isLocal ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) : "";
        return home.Length == 0 ? null : Directory.CreateDirectory(Path.Combine(home, "CallCenter")).FullName;
    }
}
