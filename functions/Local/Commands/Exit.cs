namespace IntegrationHub.Local.Commands;

/// <summary>Exit statuses of the commands.</summary>
internal static class Exit
{
    /// <summary>The command succeeded.</summary>
    internal const int Done = 0;

    /// <summary>Not everything succeeded; details are on standard error.</summary>
    internal const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    internal const int WrongCall = 2;
}
