using IntegrationHub.Local.Demo;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>The data of one demonstration, and copies of them to work on.</summary>
public sealed class DemoData : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("personal-");
    private int copies;

    internal string Whole => Path.Combine(folder.FullName, "demo", "1");

    public async ValueTask InitializeAsync() => Assert.True(await DemoRun.RunAsync(folder, null, json: true, CancellationToken.None, toFinalPlan: true));

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy with everything in it.</summary>
    internal string Copy() => CopyOf(Whole);

    /// <summary>A copy of any data directory of a stopped hub.</summary>
    internal string CopyOf(string from)
    {
        var to = Path.Combine(folder.FullName, $"copy-{Interlocked.Increment(ref copies)}");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    /// <summary>A file beside the data, and never in them.</summary>
    internal string Beside(string name) => Path.Combine(folder.FullName, name);
}
