namespace IntegrationHub.Orchestrations.AzureStorage;

/// <summary>Names of the tables and the container. Infra creates them under these names; a test checks that the two agree.</summary>
public sealed record AzureStoreOptions
{
    /// <summary>One partition for each assessment: what was decided, what waits and what must be done.</summary>
    public string Assessments { get; init; } = "assessments";

    /// <summary>When each assessment must next be looked at.</summary>
    public string Due { get; init; } = "assessmentsdue";

    /// <summary>What the lists show, by council.</summary>
    public string Lists { get; init; } = "assessmentlists";

    /// <summary>The assessments in which an agency was asked.</summary>
    public string Agencies { get; init; } = "assessmentagencies";

    /// <summary>The container for values that are too large for a row.</summary>
    public string Container { get; init; } = "assessments";

    /// <summary>
    /// Size in bytes above which a value goes to a blob. An entity holds 1 MiB and one transaction 4 MiB on the wire, where bytes take
    /// a third more: with 192 KiB the largest transaction, three such values and their small rows, stays under 1 MiB.
    /// </summary>
    public int LargestInline { get; init; } = 192 * 1024;
}
