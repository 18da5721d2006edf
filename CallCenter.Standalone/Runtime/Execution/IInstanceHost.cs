using CallCenter.Standalone.Runtime.Storage;

namespace CallCenter.Standalone.Runtime.Execution;

/// <summary>What an instance needs of the runtime around it.</summary>
internal interface IInstanceHost
{
    OrchestrationRegistry Registry { get; }

    RuntimeOptions Options { get; }

    IInstanceStore Store { get; }

    ActivityScheduler Activities { get; }

    /// <summary>Runs one at a time what may be the cause of the program's ends: whose turn it was at the next end is the more suspect, and nobody else.</summary>
    ActivityScheduler Suspects { get; }

    TimerQueue Timers { get; }

    ILogger Logger { get; }

    /// <summary>The time, UTC, in whole milliseconds: what a history can hold.</summary>
    DateTime Now { get; }

    /// <summary>True once the program is ending: an activity that is cut off now runs again after the restart.</summary>
    bool IsStopping { get; }

    /// <summary>The instance's end is on disk, or its start was withdrawn: the runtime need not keep it.</summary>
    void OnEnded(Instance instance);
}
