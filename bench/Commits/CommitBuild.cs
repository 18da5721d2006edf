using CallCenter.Bench.Machine;

namespace CallCenter.Bench.Commits;

/// <summary>The server as a commit has it.</summary>
/// <param name="Commit">Its short hash.</param>
/// <param name="Subject">Its first line.</param>
/// <param name="Program">The program that was built.</param>
internal sealed record CommitBuild(string Commit, string Subject, string Program)
{
    /// <summary>What the server is made of. A commit that touches nothing of it is not measured.</summary>
    private static readonly string[] Sources =
    [
        "CallCenter.Api", "CallCenter.Assignments", "CallCenter.Durable", "CallCenter.Runtime", "CallCenter.Standalone", "CallCenter.Workflows",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json",
    ];

    /// <summary>Builds the last commits that changed the server, oldest first. Each is checked out beside this repository, and gone again afterwards.</summary>
    /// <param name="count">How many.</param>
    /// <param name="folder">Where the programs go.</param>
    /// <param name="progress">Told which is being built.</param>
    public static IReadOnlyList<CommitBuild> Last(int count, string folder, Action<string, double> progress)
    {
        var root = Tool.Run("git", AppContext.BaseDirectory, "rev-parse", "--show-toplevel").Trim();
        var commits = Tool.Run("git", root, ["log", $"--max-count={count}", "--no-merges", "--format=%h %s", "HEAD", "--", .. Sources])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().ToList();
        var builds = new List<CommitBuild>();
        foreach (var commit in commits)
        {
            progress($"building {commit}", (double)builds.Count / commits.Count);
            var space = commit.IndexOf(' ', StringComparison.Ordinal);
            builds.Add(Build(root, commit[..space], commit[(space + 1)..], folder));
        }
        return builds;
    }

    private static CommitBuild Build(string root, string commit, string subject, string folder)
    {
        var (tree, output) = (Path.Combine(folder, commit + "-source"), Path.Combine(folder, commit));
        void Remove() => Tool.Run("git", root, "worktree", "remove", "--force", tree);
        Tool.Run("git", root, "worktree", "add", "--detach", tree, commit);
        using (Leftovers.Add(Remove))
        {
            try
            {
                // Nothing of the build outlives it: a build server would go on taking processor time while something is measured.
                Tool.Run(
                    StandaloneProcess.DotnetHost, tree, "build", "CallCenter.Standalone", "-c", "Release", "-v", "quiet", "-o", output,
                    "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false");
            }
            finally
            {
                Remove();
            }
        }
        return new(commit, subject, Path.Combine(output, "CallCenter.Standalone.dll"));
    }
}
