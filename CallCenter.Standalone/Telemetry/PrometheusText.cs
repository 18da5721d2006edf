using System.Globalization;
using System.Text;

namespace CallCenter.Standalone.Telemetry;

/// <summary>Prometheus' text format, version 0.0.4, with OpenTelemetry's names as its specification translates them.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
    };

    /// <summary>The name with its unit, and <c>_total</c> for a counter.</summary>
    public static string NameOf(string name, string? unit, MetricKind kind)
    {
        var text = Letters(name);
        if (unit is not null && Units.TryGetValue(unit, out var suffix) && !text.EndsWith("_" + suffix, StringComparison.Ordinal))
            text += "_" + suffix;
        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    /// <summary>The attributes, without braces. One without a value is none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (Text(value) is { } text)
                labels[Letters(name)] = text;
        }
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(label.Value).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
    }

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var hasHead = false;
            foreach (var series in family.Series)
            {
                if (!hasHead)
                    Head(text, family);
                hasHead = true;
                if (family.Kind == MetricKind.Histogram)
                    Histogram(text, family, series);
                else
                    Line(text, family.Name, series.Labels, series.Value);
            }
        }
        return text.ToString();
    }

    private static void Head(StringBuilder text, MetricFamily family)
    {
        if (family.Help.Length > 0)
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        }).Append('\n');
    }

    /// <summary>The count is what the buckets add up to, so the two agree whatever is measured meanwhile.</summary>
    private static void Histogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var (count, comma) = (0L, series.Labels.Length > 0 ? "," : "");
        for (var i = 0; i < series.Buckets.Count; i++)
        {
            count += series.Buckets[i];
            Line(text, family.Name + "_bucket", $"{series.Labels}{comma}le=\"{(i < family.Bounds.Count ? Number(family.Bounds[i]) : "+Inf")}\"", count);
        }
        Line(text, family.Name + "_sum", series.Labels, series.Value);
        Line(text, family.Name + "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Letters(string name) =>
        string.Concat(name.Select((letter, at) => char.IsAsciiLetter(letter) || letter == '_' || (at > 0 && char.IsAsciiDigit(letter)) ? letter : '_'));
}
