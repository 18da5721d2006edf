using CallCenter.Durable.Seams;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>How an instance ended, as a byte in a file, whatever order the enumeration has.</summary>
internal static class EndStatus
{
    public static byte Encode(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Completed => 1,
        OrchestrationRuntimeStatus.Failed => 2,
        OrchestrationRuntimeStatus.Terminated => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An instance ends as Completed, Failed or Terminated."),
    };

    public static bool TryDecode(byte value, out OrchestrationRuntimeStatus status)
    {
        status = value switch
        {
            1 => OrchestrationRuntimeStatus.Completed,
            2 => OrchestrationRuntimeStatus.Failed,
            _ => OrchestrationRuntimeStatus.Terminated,
        };
        return value is >= 1 and <= 3;
    }
}
