namespace IntegrationHub.Contracts.Api;

/// <summary>The addresses of version 1 of the HTTP API.</summary>
public static class ApiAddress
{
    /// <summary>Request and response header with the version, <see cref="Version"/>.</summary>
    public const string VersionHeader = "Api-Version";

    /// <summary>The version.</summary>
    public const string Version = "1";

    /// <summary>How every address of the version begins.</summary>
    public const string Root = "/v1";

    /// <summary>Cases: the list, and each under its id.</summary>
    public const string Cases = Root + "/cases";

    /// <summary>Pushed assessments that wait for a person.</summary>
    public const string Pushed = Root + "/pushed-assessments";

    /// <summary>Letters to print and post.</summary>
    public const string PrintRun = Root + "/print-run";

    /// <summary>What happened in a council's cases, for its other systems.</summary>
    public const string EventsFeed = Root + "/events";
}
