namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>A clock that several processes share: its hands are a file.</summary>
internal sealed class FileClock(string path) : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> ticks = stackalloc byte[8];
        file.ReadExactly(ticks);
        return new DateTimeOffset(BitConverter.ToInt64(ticks), TimeSpan.Zero);
    }

    /// <summary>Moves the hands, of one clock that one process moves.</summary>
    internal static void Set(string path, DateTimeOffset instant)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes(instant.UtcTicks));
    }
}
