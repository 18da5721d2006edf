using CallCenter.Durable.Errors;

namespace CallCenter.Runtime;

/// <summary>An instance was failed because the program ended, several times in a row, while it worked on the same thing.</summary>
/// <param name="what">What it did then, as in "the activity 'X' ran".</param>
/// <param name="times">How many times.</param>
[ErrorName("CallCenter.Standalone.Runtime.RepeatedlyInterruptedException")]
public sealed class RepeatedlyInterruptedException(string what, long times) : Exception(
    $"The program ended {times} times in a row while {what}, so it is not started again. Rewind the instance once the cause is fixed.");
