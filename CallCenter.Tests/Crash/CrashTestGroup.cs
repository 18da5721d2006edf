namespace CallCenter.Tests.Crash;

/// <summary>Tests that start programs run one after the other, and beside nothing else: they are heavy.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CrashTestGroup
{
    public const string Name = "Crash";
}

/// <summary>A test for systems that have signals.</summary>
public sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no SIGTERM.";
    }
}

/// <summary>The same with data.</summary>
public sealed class SignalTheoryAttribute : TheoryAttribute
{
    public SignalTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no such signals.";
    }
}

/// <summary>A test that runs for as long as an environment variable says, and not at all without it.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute(string variable, string example)
    {
        if (Environment.GetEnvironmentVariable(variable) is null or "")
            Skip = $"Takes long: set {variable}, for example {variable}={example}.";
    }
}
