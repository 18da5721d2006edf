using CallCenter.Api;

namespace CallCenter.Tests.Documentation;

/// <summary>What the files of packages and deployments say must be so.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task KubernetesManifest_Image_IsOfThisVersion() =>
        Assert.Contains(
            $"image: callcenter:{ProductVersion.Number}\n",
            (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "kubernetes", "callcenter.yaml"))).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Fact]
    public void LockFiles_Contents_NameNoPackageSource()
    {
        var files = Directory.EnumerateFiles(Repository.Root, "packages.lock.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }).ToList();

        Assert.True(files.Count >= 9);
        Assert.All(files, file => Assert.DoesNotContain("://", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
