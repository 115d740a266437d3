namespace IntegrationHub.Local.Commands;

/// <summary>The exit statuses of the commands.</summary>
internal static class Exit
{
    /// <summary>The command succeeded.</summary>
    internal const int Done = 0;

    /// <summary>Some of the work failed; standard error gives the details.</summary>
    internal const int Failed = 1;

    /// <summary>The command line was not valid.</summary>
    internal const int WrongCall = 2;
}
