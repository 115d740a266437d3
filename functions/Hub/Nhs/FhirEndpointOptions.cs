using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Nhs;

/// <summary>The settings of the FHIR endpoint.</summary>
public sealed class FhirEndpointOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Fhir";

    /// <summary>Public address of the endpoint, without a slash at its end; null takes it from each request.</summary>
    public string? PublicBase { get; set; }

    /// <summary>After how long the hub gives up a subscriber that cannot be reached: its Subscription then has the status error.</summary>
    public TimeSpan GiveUpNotifyingAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>Largest number of subscriptions of one caller, including those that are off or in error.</summary>
    public int MostSubscriptions { get; set; } = 100;

    /// <summary>
    /// Largest number of versions of resources kept for one caller. They are kept for ever: a trust that answers 5,000 requests a year in
    /// ten steps each writes a million in twenty years.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MostStoredVersions { get; set; } = 2_000_000;

    /// <summary>Largest size in bytes of those versions, with the submissions in which they came, for one caller: 100 GiB unless set.</summary>
    [Range(1, long.MaxValue)]
    public long MostStoredBytes { get; set; } = 100L * 1024 * 1024 * 1024;
}
