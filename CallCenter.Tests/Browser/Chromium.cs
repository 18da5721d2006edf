using Microsoft.Playwright;

namespace CallCenter.Tests.Browser;

/// <summary>The Chromium of this machine: <c>CHROMIUM</c>, or one of its usual names and places.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome.exe", "msedge.exe"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        .. new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
            .Select(Environment.GetFolderPath)
            .SelectMany(folder => new[] { Path.Combine(folder, "Google/Chrome/Application/chrome.exe"), Path.Combine(folder, "Microsoft/Edge/Application/msedge.exe") }),
    ];

    private static readonly string? Executable = Find();

    /// <summary>Why the browser tests cannot run here, or null.</summary>
    public static string? Missing { get; } = Executable is null
        ? "No Chromium was found: install Chromium, Chrome or Edge, or set CHROMIUM to the path of one."
        : File.Exists(Executable) ? null : $"CHROMIUM leads to '{Executable}', where there is no file.";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Executable,
        // Containers have no user namespaces for its sandbox; the pages are our own. The rest keeps the browser from calling home.
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given)
            return given;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).Concat(Places).FirstOrDefault(File.Exists);
    }
}
