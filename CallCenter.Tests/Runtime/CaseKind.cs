using CallCenter.Durable.Seams;
using CallCenter.Workflows.CallCenter;

namespace CallCenter.Tests.Runtime;

/// <summary>The kinds of cases that the crash tests send through the process.</summary>
public enum CaseKind
{
    Resolved,
    Unresolved,

    /// <summary>Resolved at the second attempt at the activity.</summary>
    Retry,

    /// <summary>Unresolved, escalated, worked on again, and so on until the attempts are used up.</summary>
    WorkAgain,

    /// <summary>Resolved by a person.</summary>
    Agent,

    /// <summary>Nobody answers: the deadline passes.</summary>
    Deadline,
}

/// <summary>What each kind is started with and comes to.</summary>
internal static class CaseKinds
{
    public static TheoryData<CaseKind> All => [.. Enum.GetValues<CaseKind>()];

    /// <summary>The input of a case. Its id names the kind, for <see cref="KindWorker"/>.</summary>
    public static CaseInput Input(this CaseKind kind) => new()
    {
        InputCaseId = $"{kind}",
        WorkMode = kind is CaseKind.Agent or CaseKind.Deadline ? WorkMode.Agent : WorkMode.Simulated,
        AgentDeadlineSeconds = kind is CaseKind.Deadline ? 1 : 1800,
        OnEscalation = kind is CaseKind.WorkAgain ? OnEscalation.WorkAgain : OnEscalation.Fail,
        MaxAttempts = 2,
        Retry = new RetryOptions { MaxAttempts = 3, FirstDelaySeconds = 0.01, Backoff = 1 },
    };

    /// <summary>The activities of a run, in order, each recorded once.</summary>
    public static string[] Activities(this CaseKind kind) => kind switch
    {
        CaseKind.Resolved or CaseKind.Retry => ["OpenCase", "AssignCase", "WorkOnCase", "CloseCase"],
        CaseKind.Unresolved => ["OpenCase", "AssignCase", "WorkOnCase", "EscalateCase"],
        CaseKind.WorkAgain => ["OpenCase", "AssignCase", "WorkOnCase", "EscalateCase", "WorkOnCase", "EscalateCase"],
        CaseKind.Agent => ["OpenCase", "AssignCase", "CloseCase"],
        _ => ["OpenCase", "AssignCase", "EscalateCase"],
    };

    /// <summary>The message at the end.</summary>
    public static string Message(this CaseKind kind) => $"Case {kind}: opened...assigned..." + kind switch
    {
        CaseKind.Resolved or CaseKind.Retry or CaseKind.Agent => "resolved...closed.",
        CaseKind.WorkAgain => "unresolved...escalating.unresolved...escalating.",
        _ => "unresolved...escalating.",
    };

    /// <summary>True when a case of this kind completes, false when it fails as the tutorial's does.</summary>
    public static bool Completes(this CaseKind kind) => kind is CaseKind.Resolved or CaseKind.Retry or CaseKind.Agent;
}

/// <summary>Works on each case as its kind wants it.</summary>
internal sealed class KindWorker : ICaseWorker
{
    private int _failed;

    public Task<int> WorkAsync(SupportCase supportCase, CancellationToken cancellation)
    {
        // Each program fails its first attempt, so that a failure is recorded wherever a crash falls.
        if (supportCase.Case == nameof(CaseKind.Retry) && Interlocked.Exchange(ref _failed, 1) == 0)
            throw new InvalidOperationException("The line was busy.");
        return Task.FromResult(Enum.Parse<CaseKind>(supportCase.Case) is CaseKind.Resolved or CaseKind.Retry ? 1 : 0);
    }
}
