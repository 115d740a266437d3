namespace IntegrationHub.AzureStorage.Tests;

/// <summary>
/// How much of a large enumeration is gone through: little in continuous integration, where the emulator's one thread is what takes the time,
/// and all of it with <c>STORE_LOAD=full</c>.
/// </summary>
internal static class Load
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("STORE_LOAD") == "full";

    internal static int Of(int full, int small) => IsFull ? full : small;
}
