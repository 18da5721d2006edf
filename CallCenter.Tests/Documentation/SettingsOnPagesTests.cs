using System.Net;
using CallCenter.Tests.Keys;
using CallCenter.Tests.Storage;

namespace CallCenter.Tests.Documentation;

/// <summary>The settings that docs/standalone.md shows are settings that the program takes, and do what the page says.</summary>
public sealed class SettingsOnPagesTests
{
    [Fact]
    public async Task Keys_OfThePage_OpenWhatTheirRolesSay()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        var block = Assert.Single(DocumentBlock.Of("docs/standalone.md"), block => block.Language == "json");
        var parts = block.Text.Split("\"...\"");
        await File.WriteAllTextAsync(file, string.Concat(parts.Select((part, index) => index < parts.Length - 1 ? $"{part}\"{KeyOf(index)}\"" : part)));
        await using var host = await KeyHost.StartAsync("--CallCenter:KeysFile", file);

        var answers = new List<HttpStatusCode>();
        for (var index = 0; index < 3; index++)
        {
            answers.Add(await host.StatusAsync("GET", "/api/cases", KeyOf(index)));
            answers.Add(await host.StatusAsync("POST", "/api/cases", KeyOf(index), new { inputCaseID = "001" }));
            answers.Add(await host.StatusAsync("DELETE", "/api/cases/none", KeyOf(index)));
        }

        Assert.Equal(
            [
                HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden,
                HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.Forbidden,
                HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.NotFound,
            ], answers);
    }

    private static string KeyOf(int index) => $"a-key-of-the-page-{index}";
}
