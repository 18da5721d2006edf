using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallCenter.Tests.Definition;

/// <summary>
/// Runs state-machine.cjs, which holds Amazon States Language to a validator and an interpreter of others: the npm packages asl-validator and
/// aws-local-stepfunctions. They are no part of this repository: install them anywhere, and name their <c>node_modules</c>.
/// </summary>
internal static class StateMachineProgram
{
    private static readonly string[] Packages = ["asl-validator", "aws-local-stepfunctions"];

    private static readonly string? Modules =
        new[] { "CALLCENTER_NODE_MODULES", "NODE_PATH" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(folder => !string.IsNullOrEmpty(folder));

    /// <summary>Why these tests cannot run here, or null.</summary>
    public static string? Missing { get; } = Find();

    /// <summary>What the validator says, and, with an input, what the interpreter made of it.</summary>
    /// <param name="machine">The state machine, as Amazon States Language.</param>
    /// <param name="input">The input of an execution; null: it is only validated.</param>
    /// <param name="lambdas">A JavaScript function, as text, for each Lambda function.</param>
    public static async Task<Answer> RunAsync(string machine, string? input = null, Dictionary<string, string>? lambdas = null)
    {
        var request = new JsonObject { ["machine"] = JsonNode.Parse(machine), ["lambdas"] = JsonSerializer.SerializeToNode(lambdas ?? []) };
        if (input is not null)
            request["input"] = JsonNode.Parse(input);

        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "CallCenter.Tests", "Definition", "state-machine.cjs"));
        start.Environment["NODE_PATH"] = Modules;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.StandardInput.WriteAsync(request.ToJsonString());
        program.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(program.ExitCode == 0, await error);
        var answer = JsonNode.Parse(await output)!;
        return new([.. answer["errors"]!.AsArray().Select(one => (string)one!)], answer["output"]?.ToJsonString(), (string?)answer["failure"]);
    }

    private static string? Find()
    {
        if (Modules is null)
            return "Nobody said where the npm packages are: npm install asl-validator aws-local-stepfunctions in any folder, and set CALLCENTER_NODE_MODULES to its node_modules.";
        if (Packages.FirstOrDefault(package => !Directory.Exists(Path.Combine(Modules, package))) is { } package)
            return $"There is no {package} in '{Modules}': npm install it there.";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            return null;
        }
        catch (Win32Exception)
        {
            return "No Node.js was found.";
        }
    }

    /// <param name="Errors">What the validator has against it.</param>
    /// <param name="Output">The execution's output as JSON, when it succeeded.</param>
    /// <param name="Failure">Its error, when it failed.</param>
    public sealed record Answer(IReadOnlyList<string> Errors, string? Output, string? Failure);
}
