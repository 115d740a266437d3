using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies;

/// <summary>How an agency is reached.</summary>
public enum Reach
{
    /// <summary>It reads its requests in the hub and answers there: nothing is sent, the request is there for it from the moment it was decided.</summary>
    Portal,

    /// <summary>Over Service Bus.</summary>
    Bus,

    /// <summary>It polls or subscribes to the hub's FHIR endpoint.</summary>
    FhirPull,

    /// <summary>The hub calls the agency's own FHIR endpoint.</summary>
    FhirPush,
}

/// <summary>One agency in the directory.</summary>
public sealed record AgencyEntry
{
    /// <summary>The agency.</summary>
    public required AgencyId Id { get; init; }

    /// <summary>How it is reached.</summary>
    public required Reach Reach { get; init; }

    /// <summary>Base address of its FHIR endpoint, for <see cref="Agencies.Reach.FhirPush"/>.</summary>
    public Uri? FhirEndpoint { get; init; }

    /// <summary>How the hub proves itself there, for <see cref="Agencies.Reach.FhirPush"/>; null where nothing is asked (a test system).</summary>
    public FhirAccess? FhirAccess { get; init; }
}

/// <summary>Who is reached how. An agency that is not listed is reached through the portal, which asks nothing of it but a browser.</summary>
public sealed class AgencyDirectory(IEnumerable<AgencyEntry> entries)
{
    private readonly Dictionary<AgencyId, AgencyEntry> entries = entries.ToDictionary(e => e.Id);

    /// <summary>All agencies listed.</summary>
    public IReadOnlyCollection<AgencyEntry> Entries => entries.Values;

    /// <summary>How to reach an agency.</summary>
    public AgencyEntry For(AgencyId agency) =>
        entries.TryGetValue(agency, out var entry) ? entry : new AgencyEntry { Id = agency, Reach = Reach.Portal };
}
