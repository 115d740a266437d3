namespace IntegrationHub.Orchestrations.AzureStorage;

/// <summary>Names of the tables and the container. Infra creates them under these names; a test holds the two equal.</summary>
public sealed record AzureStoreSettings
{
    /// <summary>One partition an assessment: what was decided, what waits and what must be done.</summary>
    public string Assessments { get; init; } = "assessments";

    /// <summary>When which assessment must be looked at.</summary>
    public string Due { get; init; } = "assessmentsdue";

    /// <summary>What the lists show, by council.</summary>
    public string Lists { get; init; } = "assessmentlists";

    /// <summary>Which assessments an agency was asked in.</summary>
    public string Agencies { get; init; } = "assessmentagencies";

    /// <summary>The container of what exceeds a row.</summary>
    public string Container { get; init; } = "assessments";

    /// <summary>
    /// Bytes of one value above which it goes to a blob. An entity holds 1 MiB and one transaction 4 MiB on the wire, where bytes take
    /// a third more: with 192 KiB the largest transaction, three such values and their small rows, stays under 1 MiB.
    /// </summary>
    public int LargestInline { get; init; } = 192 * 1024;
}
