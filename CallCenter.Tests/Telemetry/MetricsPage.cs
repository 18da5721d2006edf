using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Runtime.Telemetry;
using CallCenter.Standalone.Telemetry;

namespace CallCenter.Tests.Telemetry;

/// <summary>A page in Prometheus' text format, read as strictly as Prometheus does.</summary>
internal sealed partial class MetricsPage
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    private MetricsPage()
    {
    }

    /// <summary>The values, by name and labels as they are written.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>The types, by name.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Helps { get; } = new(StringComparer.Ordinal);

    public double this[string sample] => _samples.TryGetValue(sample, out var value) ? value : throw new KeyNotFoundException($"{sample} is not among:\n{string.Join('\n', _samples.Keys)}");

    /// <summary>What a runtime has measured.</summary>
    public static MeterReadings Listen(RuntimeTelemetry telemetry) => new(meter => meter.Scope == telemetry);

    public static MetricsPage Read(MeterReadings readings) => Parse(readings.Read());

    public static MetricsPage Parse(string text)
    {
        var page = new MetricsPage();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Head().Match(line) is { Success: true } head)
                Assert.True((head.Groups[1].Value == "TYPE" ? page.Types : page.Helps).TryAdd(head.Groups[2].Value, head.Groups[3].Value), line);
            else
                page.Add(line);
        }
        page.CheckHistograms();
        return page;
    }

    private void Add(string line)
    {
        var sample = Sample().Match(line);
        Assert.True(sample.Success, line);
        var value = sample.Groups["value"].Value;
        var number = value == "+Inf" ? double.PositiveInfinity : double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(_samples.TryAdd(sample.Groups["name"].Value + sample.Groups["labels"].Value, number), $"Twice: {line}");
        Assert.True(Types.ContainsKey(Part().Replace(sample.Groups["name"].Value, "")) || Types.ContainsKey(sample.Groups["name"].Value), $"Before its type: {line}");
    }

    private void CheckHistograms()
    {
        foreach (var (name, _) in Types.Where(type => type.Value == "histogram"))
        {
            foreach (var series in _samples.Where(sample => sample.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal)).GroupBy(sample => Le().Replace(sample.Key, "")))
            {
                var labels = series.Key[(name.Length + "_bucket".Length)..].Replace("{}", "", StringComparison.Ordinal);
                Assert.Equal(series.Select(bucket => bucket.Value).Order(), series.Select(bucket => bucket.Value));
                Assert.Contains("le=\"+Inf\"", series.Last().Key, StringComparison.Ordinal);
                Assert.Equal(this[$"{name}_count{labels}"], series.Last().Value);
                Assert.True(_samples.ContainsKey($"{name}_sum{labels}"), $"{name}_sum{labels}");
            }
        }
    }

    [GeneratedRegex(@"^# (TYPE|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$")]
    private static partial Regex Head();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*")*\})? (?<value>[-+0-9.eE]+|\+Inf|-Inf|NaN)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(""",?le="[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Le();
}
