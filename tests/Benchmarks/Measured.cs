using System.Diagnostics;
using System.Globalization;

namespace IntegrationHub.Benchmarks;

/// <summary>What the process took for a while: processor time, memory, bytes handed to the kernel.</summary>
internal sealed class Measured
{
    private readonly TimeSpan processor = Environment.CpuUsage.TotalTime;
    private readonly long allocated = GC.GetTotalAllocatedBytes();
    private readonly long written = Io();
    private readonly TimeSpan paused = GC.GetTotalPauseDuration();
    private readonly Stopwatch watch = Stopwatch.StartNew();

    internal TimeSpan Elapsed => watch.Elapsed;

    internal TimeSpan Processor => Environment.CpuUsage.TotalTime - processor;

    internal long Allocated => GC.GetTotalAllocatedBytes() - allocated;

    internal long Written => Io() - written;

    internal TimeSpan Paused => GC.GetTotalPauseDuration() - paused;

    /// <summary>Most memory in use since the last <see cref="Begin"/>, bytes; where the kernel does not tell, what is in use now.</summary>
    internal static long PeakMemory => Field("/proc/self/status", "VmHWM:") * 1024 is var peak and > 0 ? peak : Environment.WorkingSet;

    /// <summary>Lets go of what was used before, so that the peak is that of what comes now.</summary>
    internal static Measured Begin()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            // 5 sets the peak to what is in use now (proc(5), clear_refs).
            File.WriteAllText("/proc/self/clear_refs", "5");
        }

        return new Measured();
    }

    private static long Io() => Field("/proc/self/io", "wchar:");

    private static long Field(string file, string name) => File.Exists(file) && File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
        ? long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        : 0;
}
