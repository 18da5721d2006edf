using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Runtime.Storage.Files;

/// <summary>Flushes and locks a directory. .NET opens no handle on one, so on Unix it is asked of the C library. NTFS journals its names by itself.</summary>
internal static class FolderCalls
{
    private const int ExclusiveWithoutWaiting = 2 | 4;
    private const int SharingViolation = 32;

    // A program that we start must not inherit the lock. Opened for reading only: the flag for that is 0.
    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Makes the names in a folder durable.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var handle = Open(folder);
        if (Fsync((int)handle.DangerousGetHandle()) != 0)
            throw Error("flush", folder);
    }

    /// <summary>Locks a folder as long as the handle is open; false when another program has it. Where folders cannot be locked there is no handle.</summary>
    public static bool TryLock(string folder, out SafeFileHandle? handle)
    {
        handle = OperatingSystem.IsWindows() ? null : Open(folder);
        if (handle is null || Flock((int)handle.DangerousGetHandle(), ExclusiveWithoutWaiting) == 0)
            return true;

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        handle = null;
        return error != WouldBlock;
    }

    /// <summary>True when a file could not be opened because another program has it locked.</summary>
    public static bool IsLockedByAnother(IOException error) =>
        (error.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? SharingViolation : WouldBlock);

    private static SafeFileHandle Open(string folder)
    {
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), CloseOnExec);
        return descriptor < 0 ? throw Error("open", folder) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static IOException Error(string what, string folder) =>
        new($"Could not {what} the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.");

    // Bytes and numbers only: what is marshalled by itself needs no unsafe code in the project.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int descriptor, int operation);
}
