using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Functions.Nhs;

/// <summary>What a deployment decides about its FHIR endpoint.</summary>
public sealed class FhirEndpointOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Fhir";

    /// <summary>Address under which partners reach the endpoint, without a slash at its end; null takes it from each request.</summary>
    public string? PublicBase { get; set; }

    /// <summary>A subscriber that cannot be reached for this long is given up: its Subscription goes to error.</summary>
    public TimeSpan GiveUpNotifyingAfter { get; set; } = TimeSpan.FromHours(72);

    /// <summary>Subscriptions of one caller at most, those that are off or in error included.</summary>
    public int MostSubscriptions { get; set; } = 100;

    /// <summary>
    /// Versions of resources that the hub keeps of one caller at most, for ever: a trust that answers 5,000 requests a year in ten steps
    /// each writes a million in twenty years.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long MostStoredVersions { get; set; } = 2_000_000;

    /// <summary>Bytes of those versions, and of the submissions they came in, of one caller at most: 100 GiB unless set.</summary>
    [Range(1, long.MaxValue)]
    public long MostStoredBytes { get; set; } = 100L * 1024 * 1024 * 1024;
}
