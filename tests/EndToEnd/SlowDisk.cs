using System.Diagnostics;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>A library that is loaded into a process before others and makes each flush of one file take longer.</summary>
internal static class SlowDisk
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        static void nap(int fd) {
            char link[64], path[512];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t length = readlink(link, path, sizeof path - 1);
            const char *slow = getenv("SLOW_PATH"), *ms = getenv("SLOW_MS");
            if (length <= 0 || !slow || !ms) return;
            path[length] = 0;
            if (strstr(path, slow)) usleep(atoi(ms) * 1000);
        }
        int fsync(int fd) { static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fsync"); nap(fd); return real(fd); }
        int fdatasync(int fd) { static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fdatasync"); nap(fd); return real(fd); }
        """;

    /// <summary>The settings with which a process has it, or why there is no compiler for it here.</summary>
    internal static async Task<(IReadOnlyDictionary<string, string>? Settings, string? Missing)> BuildAsync(string folder, string file, int milliseconds)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/gcc"))
        {
            return (null, "gcc on Linux is needed to slow the disk down.");
        }

        var (source, library) = (Path.Combine(folder, "slow-disk.c"), Path.Combine(folder, "slow-disk.so"));
        await File.WriteAllTextAsync(source, Source);
        using var gcc = Process.Start("/usr/bin/gcc", ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"]);
        await gcc.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, gcc.ExitCode);
        return (new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["SLOW_PATH"] = file, ["SLOW_MS"] = $"{milliseconds}" }, null);
    }
}
