using System.ComponentModel.DataAnnotations;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Functions.Nhs;

/// <summary>The settings of the FHIR endpoint.</summary>
public sealed class FhirEndpointOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Fhir";

    /// <summary>Public address of the endpoint, without a final slash, or null to take the address from each request.</summary>
    [WebAddress]
    public string? PublicBase { get; set; }

    /// <summary>
    /// Time after which the hub stops notifying a subscriber that cannot be reached. After this time the subscriber's Subscription gets the
    /// status error.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan GiveUpNotifyingAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>Largest number of subscriptions of one caller, including those that are off or in error.</summary>
    public int MaxSubscriptions { get; set; } = 100;

    /// <summary>
    /// Largest number of versions of resources stored for one caller. Versions are stored permanently. A trust that answers 5,000 requests
    /// a year, each in ten steps, writes a million versions in twenty years.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxStoredVersions { get; set; } = 2_000_000;

    /// <summary>
    /// Largest total size in bytes of the versions of resources stored for one caller and of the submissions that contained them; 100 GiB
    /// by default.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MaxStoredBytes { get; set; } = 100L * 1024 * 1024 * 1024;
}
