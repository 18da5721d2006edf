using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Standalone.Runtime;

/// <summary>
/// Places where the program may be stopped as a power cut would stop it, so that the crash tests reach every step boundary and
/// not only the likely ones. Does nothing unless <c>CALLCENTER_CRASH_AT=point:pass</c>, or <c>point:pass:instance id</c>, is in the environment.
/// </summary>
internal static class CrashPoint
{
    /// <summary>A start is in the store's memory and nowhere else.</summary>
    public const string StartAppended = "start-appended";

    /// <summary>A turn's records are on disk; nobody was told, nothing was begun.</summary>
    public const string Committed = "committed";

    /// <summary>A turn's callers were answered and its steps are in line.</summary>
    public const string Dispatched = "dispatched";

    /// <summary>An activity is about to run.</summary>
    public const string ActivityBegun = "activity-begun";

    /// <summary>An activity has run; its result is nowhere yet.</summary>
    public const string ActivityEnded = "activity-ended";

    /// <summary>A result, an event or a timer was handed to the store.</summary>
    public const string Appended = "appended";

    /// <summary>The end was handed to the store.</summary>
    public const string FinishAppended = "finish-appended";

    /// <summary>A timer came due and is not recorded.</summary>
    public const string TimerDue = "timer-due";

    /// <summary>After a restart, an instance is about to be replayed.</summary>
    public const string Replaying = "replaying";

    /// <summary>After a restart, an instance was replayed; the next one follows.</summary>
    public const string Replayed = "replayed";

    /// <summary>After a restart, a record says that an activity is begun again.</summary>
    public const string Retaken = "retaken";

    private static readonly Wanted? Target = Wanted.Parse(Environment.GetEnvironmentVariable("CALLCENTER_CRASH_AT"));

    /// <summary>The program is at a point.</summary>
    public static void Pass(string point, string instanceId)
    {
        // A static readonly null: the compiler leaves nothing of this.
        if (Target is not null && Target.IsReached(point, instanceId))
            Stop();
    }

    private static void Stop()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Wanted(string point, int pass, string? instanceId)
    {
        private int _passes;

        public static Wanted? Parse(string? text) => text?.Split(':', 3) switch
        {
            [var point, var pass] => new(point, int.Parse(pass, CultureInfo.InvariantCulture), null),
            [var point, var pass, var instanceId] => new(point, int.Parse(pass, CultureInfo.InvariantCulture), instanceId),
            _ => null,
        };

        public bool IsReached(string where, string who) =>
            where == point && (instanceId is null || who == instanceId) && Interlocked.Increment(ref _passes) == pass;
    }
}
