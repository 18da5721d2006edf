using System.Text;
using CallCenter.Bench.Measures;

namespace CallCenter.Bench.Report;

/// <summary>Throughput and latency against the number of callers, as an SVG picture.</summary>
internal sealed class Plot
{
    private const int PanelWidth = 380, PanelHeight = 260, Left = 70, Top = 50, Gap = 90;

    private static readonly (string Name, double Percent, string Colour)[] Lines = [("median", 50, "#1f6feb"), ("p95", 95, "#b35900"), ("p99", 99, "#a40e26")];

    private readonly StringBuilder _svg = new();
    private readonly IReadOnlyList<ThroughputResult> _results;

    private Plot(IReadOnlyList<ThroughputResult> results) => _results = results;

    /// <summary>Draws it.</summary>
    public static string Of(Figures figures)
    {
        const int width = Left + PanelWidth + Gap + PanelWidth + 70, height = Top + PanelHeight + 60;
        var plot = new Plot(figures.Throughput);
        plot.Add(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" """ +
            """role="img" aria-label="Cases a second and latency by the number of callers">""");
        plot.Add($"""<rect width="{width}" height="{height}" fill="#ffffff"/>""");
        plot.DrawThroughput(Left);
        plot.DrawLatency(Left + PanelWidth + Gap);
        plot.Add("</svg>");
        return plot._svg.ToString();
    }

    private void DrawThroughput(double left)
    {
        var most = NiceAbove(_results.Max(result => result.Median.CasesPerSecond));
        double Y(double value) => Top + PanelHeight * (1 - value / most);
        DrawFrame(left, "cases a second");
        for (var mark = 0; mark <= 4; mark++)
            DrawMark(left, Y(most * mark / 4), $"{most * mark / 4:N0}");
        for (var i = 0; i < _results.Count; i++)
        {
            var (x, y) = (X(left, i), Y(_results[i].Median.CasesPerSecond));
            Add($"""<rect x="{x - 24:F1}" y="{y:F1}" width="48" height="{Top + PanelHeight - y:F1}" fill="#1f6feb"/>""");
            Text(x, y - 6, "middle", $"{_results[i].Median.CasesPerSecond:N0}");
        }
    }

    private void DrawLatency(double left)
    {
        var all = _results.SelectMany(result => Lines.Select(line => result.Median.Latencies.Percentile(line.Percent))).ToList();
        var (low, high) = (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
        double Y(double value) => Top + PanelHeight * (1 - (Math.Log10(value) - low) / (high - low));
        DrawFrame(left, "milliseconds to the end of the case (logarithmic)");
        for (var power = low; power <= high; power++)
            DrawMark(left, Y(Math.Pow(10, power)), $"{Math.Pow(10, power):0.###}");
        foreach (var (name, percent, colour) in Lines)
        {
            var points = _results.Select((result, i) => (X: X(left, i), Y: Y(result.Median.Latencies.Percentile(percent)))).ToList();
            var line = string.Join(' ', points.Select(point => $"{point.X:F1},{point.Y:F1}"));
            Add($"""<polyline fill="none" stroke="{colour}" stroke-width="2" points="{line}"/>""");
            points.ForEach(point => Add($"""<circle cx="{point.X:F1}" cy="{point.Y:F1}" r="3" fill="{colour}"/>"""));
            Text(points[0].X - 8, points[0].Y + 4, "end", name, colour);
        }
    }

    private void DrawFrame(double left, string title)
    {
        Text(left, Top - 24, "start", title);
        for (var i = 0; i < _results.Count; i++)
            Text(X(left, i), Top + PanelHeight + 20, "middle", $"{_results[i].Median.Callers}");
        Text(left + PanelWidth / 2, Top + PanelHeight + 44, "middle", "callers at a time");
    }

    private void DrawMark(double left, double y, string label)
    {
        Add($"""<line x1="{left}" x2="{left + PanelWidth}" y1="{y:F1}" y2="{y:F1}" stroke="#d0d7de"/>""");
        Text(left - 8, y + 4, "end", label);
    }

    private void Text(double x, double y, string anchor, string text, string colour = "#24292f") =>
        Add($"""<text x="{x:F1}" y="{y:F1}" text-anchor="{anchor}" fill="{colour}">{text}</text>""");

    private void Add(string element) => _svg.Append(element).Append('\n');

    private double X(double left, int index) => left + PanelWidth * (index + 0.5) / _results.Count;

    /// <summary>The next round number with some room above, divisible by four.</summary>
    private static double NiceAbove(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8];
        return steps.Where(step => step * power >= value * 1.08).DefaultIfEmpty(12).First() * power;
    }
}
