namespace CallCenter.Durable.Execution;

/// <summary>What a reader of custom statuses has to know besides their names.</summary>
public static class StatusLayout
{
    /// <summary>The first steps are always kept; those that are left out (<c>stepsOmitted</c>) stood behind them.</summary>
    public const int StepsBeforeGap = 2;
}
