using System.Globalization;
using CallCenter.Runtime.Storage;
using CallCenter.Runtime.Storage.Files;
using CallCenter.Standalone;
using CallCenter.Standalone.Hosting;
using CallCenter.Tests.Runtime;
using CallCenter.Workflows.CallCenter;
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

    /// <summary>Makes the segments of the journal so small, and looks after them so often, that compaction runs all the time.</summary>
    public const string SmallSegments = "--small-segments";

    public static async Task<int> Main(string[] args)
    {
        Func<StoreOptions, StoreOptions>? tuned = args.Contains(SmallSegments)
            ? options => options with { FirstSegmentBytes = 64 << 10, LargestSegmentBytes = 256 << 10, GarbageShare = 0.3, UpkeepInterval = TimeSpan.FromMilliseconds(20) }
            : null;
        await using var app = await StandaloneHost.StartAsync([.. args.Where(argument => argument != SmallSegments)], TestWorkflows.With(new Worker()), new DiskFileLayer(), tuned);
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
            return int.TryParse(supportCase.Case, CultureInfo.InvariantCulture, out var number) ? Task.FromResult(number % 2) : _others.WorkAsync(supportCase, cancellation);
        }
    }
}
