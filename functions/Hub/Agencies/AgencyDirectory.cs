using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies;

/// <summary>How an agency is reached.</summary>
public enum Reach
{
    /// <summary>No channel is set up: the agency can read and answer its requests in the hub, and a person tells it about them.</summary>
    Portal,

    /// <summary>Over Service Bus.</summary>
    Bus,

    /// <summary>It polls or subscribes to the hub's FHIR endpoint.</summary>
    FhirPull,

    /// <summary>The hub calls the agency's own FHIR endpoint.</summary>
    FhirPush,

    /// <summary>Its contact is sent a message with a link to a page on which to answer.</summary>
    Web,
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

    /// <summary>How the hub authenticates there, for <see cref="Agencies.Reach.FhirPush"/>; null where nothing is asked (a test system).</summary>
    public FhirAccess? FhirAccess { get; init; }
}

/// <summary>
/// How agencies and people are reached. An agency that is not listed has no channel: the hub sends it nothing and asks a person to do so.
/// </summary>
public sealed class AgencyDirectory(IEnumerable<AgencyEntry> entries)
{
    private readonly Dictionary<AgencyId, AgencyEntry> entries = entries.ToDictionary(e => e.Id);

    /// <summary>All agencies listed.</summary>
    public IReadOnlyCollection<AgencyEntry> Entries => entries.Values;

    /// <summary>The warning at start-up: agencies to which nothing can be sent.</summary>
    public string Unreached => entries.Values.Any(e => e.Reach != Reach.Portal)
        ? "The hub sends nothing to an agency for which agencies.json names no channel: each request and reminder is passed to a person, who sends it by other means and records it."
        : "No channel to any agency is set up (agencies.json): the hub sends no request for advice and no reminder. Each is passed to a person, who sends it by other means and records it.";

    /// <summary>Whether an agency is listed at all.</summary>
    public bool Lists(AgencyId agency) => entries.ContainsKey(agency);

    /// <summary>How to reach an agency. A person who works for no organisation is in no directory: the case says how to reach them.</summary>
    public AgencyEntry For(AgencyId agency) => entries.TryGetValue(agency, out var entry) ? entry
        : new AgencyEntry { Id = agency, Reach = agency.Scheme == AgencyScheme.Person ? Reach.Web : Reach.Portal };
}
