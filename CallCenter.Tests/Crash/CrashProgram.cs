using CallCenter.Standalone;
using CallCenter.Standalone.Hosting;
using CallCenter.Tests.Runtime;
using CallCenter.Workflow;
using Microsoft.Extensions.Hosting;

namespace CallCenter.Tests.Crash;

/// <summary>
/// What this assembly is when it is run as a program: Standalone, with a worker that does as the case id says in the place of
/// the coin. The test runner brings an entry of its own.
/// </summary>
internal static class CrashProgram
{
    /// <summary>A case that brings the program down each time it is worked on.</summary>
    public const string FatalCase = "fatal";

    public static async Task<int> Main(string[] args)
    {
        await using var app = await StandaloneHost.StartAsync(args, new Worker());
        Welcome.Print(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private sealed class Worker : ICaseWorker
    {
        private readonly KindWorker _others = new();

        public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
        {
            if (supportCase.Case == FatalCase)
                Environment.FailFast("This case ends the program.");
            return _others.WorkAsync(supportCase, cancellation);
        }
    }
}
