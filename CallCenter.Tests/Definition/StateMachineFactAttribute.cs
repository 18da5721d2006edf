namespace CallCenter.Tests.Definition;

/// <summary>A test with programs that others wrote, on Node.js; skipped, with the reason, where they are not found.</summary>
internal sealed class StateMachineFactAttribute : FactAttribute
{
    public StateMachineFactAttribute() => Skip = StateMachineProgram.Missing;
}

/// <summary>The same for a test with cases.</summary>
internal sealed class StateMachineTheoryAttribute : TheoryAttribute
{
    public StateMachineTheoryAttribute() => Skip = StateMachineProgram.Missing;
}
