using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// File operations that survive a power cut. On POSIX systems, a new name does not survive a power cut until its folder has been flushed to
/// the disk.
/// </summary>
internal static class Directories
{
    internal static void Ensure(string root, string path)
    {
        if (!Directory.Exists(root))
        {
            throw new IOException("The documents folder does not exist.");
        }

        if (Directory.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(path);
        for (var at = Path.GetDirectoryName(path)!; at.Length >= root.Length; at = Path.GetDirectoryName(at)!)
        {
            Flush(at);
        }
    }

    internal static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // NTFS writes names through its journal, and Windows has no call that flushes a folder.
            return;
        }

        var handle = Open(path, 0);
        if (handle < 0)
        {
            throw new IOException("The folder could not be opened to flush it to the disk.");
        }

        var flushed = Flush(handle);
        _ = Close(handle);
        if (flushed != 0)
        {
            throw new IOException("The folder could not be flushed to the disk.");
        }
    }

    /// <summary>Gives a file a second name, which must not be in use.</summary>
    /// <returns>False if the file system does not support links.</returns>
    /// <exception cref="IOException">The name is already in use, or the disk refuses the operation.</exception>
    internal static bool Link(string path, string to)
    {
        const int Taken = 17;
        if (MakeLink(path, to) == 0)
        {
            File.Delete(path);
            return true;
        }

        return Marshal.GetLastPInvokeError() == Taken ? throw new IOException("A document with this name already exists.") : false;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int MakeLink([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}

/// <summary>
/// Allows one writer at a time, across threads and processes. The operating system releases the lock if the process that holds it dies.
/// </summary>
internal static class FileLock
{
    private const int Exclusive = 2;
    private const int Interrupted = 4;
    private const int ReadWrite = 2;

    /// <summary>
    /// Acquires the lock, after waiting for earlier writers; each of them needs only milliseconds. Returns null on Windows if another
    /// writer holds the lock.
    /// </summary>
    internal static IDisposable? Take(string path)
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.lock");
        if (OperatingSystem.IsWindows())
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
            {
                return null;
            }
        }

        if (!File.Exists(file))
        {
            Create(file);
        }

        // A FileStream cannot be used, because it locks the file when it opens it, and fails instead of waiting.
        var handle = new SafeFileHandle(Directories.Open(file, ReadWrite), ownsHandle: true);
        while (!handle.IsInvalid)
        {
            if (Lock(handle, Exclusive) == 0)
            {
                return handle;
            }

            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                break;
            }
        }

        handle.Dispose();
        throw new IOException("The document could not be locked for writing.");
    }

    private static void Create(string file)
    {
        try
        {
            using var first = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another writer created the lock file at the same moment, which does not matter as long as there is one file.
        }
    }

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Lock(SafeHandle file, int operation);
}
