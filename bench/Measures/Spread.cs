namespace CallCenter.Bench.Measures;

/// <summary>A figure that was measured several times: the one in the middle, and the middle half of all.</summary>
/// <param name="Low">A quarter of them is below.</param>
/// <param name="Median">The one in the middle.</param>
/// <param name="High">A quarter of them is above.</param>
internal readonly record struct Spread(double Low, double Median, double High)
{
    /// <summary>How far the middle half reaches.</summary>
    public double Width => High - Low;

    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return new(At(0.25), At(0.5), At(0.75));
    }

    /// <summary>True when this is more than another by more than either of them spreads.</summary>
    public bool IsAbove(Spread other) => Median - other.Median > Math.Max(Width, other.Width);
}
