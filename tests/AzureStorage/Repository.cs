namespace IntegrationHub.AzureStorage.Tests;

/// <summary>Where the repository lies.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
