using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Bench.Machine;

/// <summary>Who used the processors, in cores: 1 is one core all the time.</summary>
/// <param name="Server">The server.</param>
/// <param name="Bench">This program.</param>
/// <param name="Others">Everybody else, the host of a virtual machine included; null where the system does not tell.</param>
internal readonly record struct CpuUse(double Server, double Bench, double? Others);

/// <summary>Measures who uses the processors. What others use is what makes a run noisy: it stands beside every figure as <c>oth</c>.</summary>
internal sealed class CpuMeter
{
    private const string SystemFile = "/proc/stat";
    private const double TicksPerSecond = 100;

    private readonly StandaloneProcess? _server;
    private readonly (double Server, double Bench, double? All) _before;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <param name="server">The server to tell from others, if there is one.</param>
    public CpuMeter(StandaloneProcess? server)
    {
        _server = server;
        _before = Now();
    }

    /// <summary>The use since the meter was made.</summary>
    public CpuUse Read()
    {
        var now = Now();
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var (server, bench) = ((now.Server - _before.Server) / seconds, (now.Bench - _before.Bench) / seconds);
        return new(server, bench, now.All is null ? null : Math.Max(0, (now.All.Value - _before.All!.Value) / seconds - server - bench));
    }

    private (double Server, double Bench, double? All) Now() =>
        (_server?.ProcessorTime.TotalSeconds ?? 0, Environment.CpuUsage.TotalTime.TotalSeconds, All());

    private static double? All()
    {
        if (!File.Exists(SystemFile))
            return null;
        // cpu user nice system idle iowait irq softirq steal: all but the two kinds of idleness.
        var fields = File.ReadLines(SystemFile).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7, 8];
        return busy.Sum(index => double.Parse(fields[index], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
