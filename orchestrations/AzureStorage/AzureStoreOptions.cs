namespace IntegrationHub.Orchestrations.AzureStorage;

/// <summary>Names of the tables and the container. The deployment templates (folder infra) create the tables and the container under these
/// names, and a test checks that the names agree.</summary>
public sealed record AzureStoreOptions
{
    /// <summary>Name of the table with one partition for each assessment: events, inbox and outbox.</summary>
    public string Assessments { get; init; } = "assessments";

    /// <summary>Name of the table that records when each assessment is next due.</summary>
    public string Due { get; init; } = "assessmentsdue";

    /// <summary>Name of the table with the rows of each council's lists of assessments.</summary>
    public string Lists { get; init; } = "assessmentlists";

    /// <summary>Name of the table that records in which assessments each agency was asked for advice.</summary>
    public string Agencies { get; init; } = "assessmentagencies";

    /// <summary>Name of the container for values that are too large for a row.</summary>
    public string Container { get; init; } = "assessments";

    /// <summary>
    /// Size in bytes above which a value is stored in a blob. A row can contain 1 MiB. A transaction can contain 4 MiB in the encoding in
    /// which it is sent, which makes values a third longer. With a limit of 192 KiB, the largest transaction (three values of this size and
    /// their small rows) stays under 1 MiB.
    /// </summary>
    public int LargestInline { get; init; } = 192 * 1024;
}
