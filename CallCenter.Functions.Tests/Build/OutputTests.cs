using System.Diagnostics;
using System.Text.Json;
using CallCenter.Tests.Support;

namespace CallCenter.Functions.Tests.Build;

/// <summary>The settings that the host finds beside the app. Without them it starts all the same, with others.</summary>
public sealed class OutputTests
{
    private static readonly string RootHostJson = File.ReadAllText(Path.Combine(Repository.Root, "host.json"));

    [Fact]
    public void Build_HostJson_IsTheRoots() => Assert.Equal(RootHostJson, File.ReadAllText(Path.Combine(AppBuild.Output, "host.json")));

    [Fact]
    public void HostJson_SettingsOnPurpose_AreWhereTheHostLooksForThem()
    {
        var host = AppBuild.Json(Repository.Root, "host.json");
        var extensions = host.GetProperty("extensions");
        var durable = extensions.GetProperty("durableTask");
        var storage = durable.GetProperty("storageProvider");

        Assert.Equal("2.0", host.GetProperty("version").GetString());
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("CallCenterHub", durable.GetProperty("hubName").GetString());
        Assert.True(durable.GetProperty("storeInputsInOrchestrationHistory").GetBoolean());
        Assert.Equal("V2", durable.GetProperty("tracing").GetProperty("version").GetString());
        Assert.Equal(TimeSpan.FromMinutes(1), Span("controlQueueVisibilityTimeout"));
        Assert.Equal(TimeSpan.FromMinutes(1), Span("workItemQueueVisibilityTimeout"));
        Assert.Equal(TimeSpan.FromSeconds(1), Span("maxQueuePollingInterval"));
        Assert.Equal("CurrentOrOlder", durable.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal("Reject", durable.GetProperty("versionFailureStrategy").GetString());
        Assert.True(Version.TryParse(durable.GetProperty("defaultVersion").GetString(), out _), "Versions are compared as numbers only where both are.");
        Assert.True(TimeSpan.Parse(host.GetProperty("functionTimeout").GetString()!, null) > TimeSpan.FromHours(1), "WorkSeconds may be 3,600.");

        TimeSpan Span(string name) => TimeSpan.Parse(storage.GetProperty(name).GetString()!, null);
    }

    [Fact]
    public void LocalSettingsExample_Copied_NamesTheWorkerAndTheEmulator()
    {
        var values = AppBuild.Json(Repository.Root, "local.settings.json.example").GetProperty("Values");

        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
        Assert.Equal("UseDevelopmentStorage=true", values.GetProperty("AzureWebJobsStorage").GetString());
        Assert.All(values.EnumerateObject(), value => Assert.Equal(JsonValueKind.String, value.Value.ValueKind));
    }

    [Fact]
    public async Task Publish_FromTheBuild_HasTheSettingsAndNoSecrets()
    {
        var folder = Directory.CreateTempSubdirectory("callcenter-publish-");
        try
        {
            using var publish = Process.Start(new ProcessStartInfo("dotnet",
                ["publish", Path.Combine(Repository.Root, "CallCenter.Functions"), "--no-build", "-c", AppBuild.Configuration, "-o", folder.FullName])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
            })!;
            var errors = publish.StandardError.ReadToEndAsync();
            var output = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();

            Assert.True(publish.ExitCode == 0, output + await errors);
            Assert.Equal(RootHostJson, File.ReadAllText(Path.Combine(folder.FullName, "host.json")));
            Assert.All(["functions.metadata", "extensions.json", "worker.config.json", ".azurefunctions"],
                name => Assert.True(Path.Exists(Path.Combine(folder.FullName, name)), name));
            Assert.False(File.Exists(Path.Combine(folder.FullName, "local.settings.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
