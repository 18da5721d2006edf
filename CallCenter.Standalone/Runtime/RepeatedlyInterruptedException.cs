namespace CallCenter.Standalone.Runtime;

/// <summary>An instance was failed because the program ended, several times in a row, while this activity of it ran.</summary>
/// <param name="activity">The activity.</param>
/// <param name="recoveries">How many restarts in a row it was begun again.</param>
public sealed class RepeatedlyInterruptedException(string activity, int recoveries) : Exception(
    $"The program ended {recoveries + 1} times in a row while the activity '{activity}' of this instance ran, so it is not begun again. Rewind the instance once the cause is mended.");
