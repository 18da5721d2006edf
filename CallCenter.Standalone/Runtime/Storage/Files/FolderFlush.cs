using System.Runtime.InteropServices;
using System.Text;

namespace CallCenter.Standalone.Runtime.Storage;

/// <summary>Flushes a directory. .NET opens no handle on one, so on Unix it is asked of the C library; NTFS journals its names by itself.</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Makes the names in a folder durable.</summary>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows()) return;

        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), ReadOnly);
        if (descriptor < 0) throw Error("open", folder);
        try
        {
            if (Fsync(descriptor) != 0) throw Error("flush", folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Error(string what, string folder) =>
        new($"Could not {what} the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.");

    // Bytes and numbers only: what is marshalled by itself needs no unsafe code in the project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
