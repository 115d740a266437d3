namespace IntegrationHub.Local.Commands;

/// <summary>Exit statuses.</summary>
internal static class Exit
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>Not everything went well; details are on standard error.</summary>
    internal const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    internal const int WrongCall = 2;
}
