namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>Reads the data files in the folder of this class, which are embedded in the assembly.</summary>
internal static class Embedded
{
    internal static T Read<T>(string file, Func<Stream, T> read)
    {
        var name = $"IntegrationHub.Orchestrations.StatutoryClock.{file}";
        using var stream = typeof(Embedded).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"{file} is missing from this assembly.");
        return read(stream);
    }
}
