using System.Runtime.InteropServices;

namespace CallCenter.Bench.Machine;

/// <summary>The machine that was measured on: no figure means anything without it.</summary>
internal static class MachineDescription
{
    private const string ProcessorFile = "/proc/cpuinfo";

    private static string Platform =>
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>One line.</summary>
    /// <param name="folder">A folder on the disk that is measured.</param>
    public static string Of(string folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return FormattableString.Invariant(
            $"{Environment.ProcessorCount} cores ({Processor()}), {memory:F0} GiB, {new DriveInfo(folder).DriveFormat}, {Platform}");
    }

    private static string Processor() =>
        File.Exists(ProcessorFile) && File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : "unknown processor";
}
