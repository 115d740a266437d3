using System.Net;

namespace IntegrationHub.Functions.Nhs;

/// <summary>What a deployment decides about its FHIR endpoint.</summary>
public sealed class FhirEndpointOptions
{
    /// <summary>Address under which partners reach the endpoint, without a slash at its end; null takes it from each request.</summary>
    public string? PublicBase { get; set; }

    /// <summary>
    /// May notifications go to this address? As it stands: https, and no address that only this machine or network could mean. The
    /// hub calls where a partner tells it to, so this is what keeps a partner from making it call its own insides.
    /// </summary>
    public Func<Uri, bool> MayNotify { get; set; } = IsPublicHttps;

    /// <summary>A subscriber that cannot be reached for this long is given up: its Subscription goes to error.</summary>
    public TimeSpan GiveUpNotifyingAfter { get; set; } = TimeSpan.FromHours(72);

    private static bool IsPublicHttps(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback && address.UserInfo.Length == 0
        && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _) && address.Host.Contains('.', StringComparison.Ordinal);
}
