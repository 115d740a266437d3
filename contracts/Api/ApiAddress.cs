namespace IntegrationHub.Contracts.Api;

/// <summary>The addresses of version 1 of the HTTP API.</summary>
public static class ApiAddress
{
    /// <summary>Request and response header that states the API version, <see cref="Version"/>.</summary>
    public const string VersionHeader = "Api-Version";

    /// <summary>The version.</summary>
    public const string Version = "1";

    /// <summary>The path with which every address of this version begins.</summary>
    public const string Root = "/v1";

    /// <summary>The list of cases; each case is at its id below this address.</summary>
    public const string Cases = Root + "/cases";

    /// <summary>Takes over an assessment that is under way in the council's earlier system.</summary>
    public const string TakeOver = Root + "/take-over-assessment";

    /// <summary>Pushed assessments that wait for an officer.</summary>
    public const string Pushed = Root + "/pushed-assessments";

    /// <summary>The letters that are to be printed and posted.</summary>
    public const string PrintRun = Root + "/print-run";

    /// <summary>The feed of events in a council's cases, for the council's other systems.</summary>
    public const string EventsFeed = Root + "/events";
}
