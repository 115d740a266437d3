using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies;

/// <summary>How the hub reaches an agency.</summary>
public enum Reach
{
    /// <summary>
    /// No channel to the agency is set up. The agency can read and answer requests in the hub, but an officer must tell the agency of each
    /// request.
    /// </summary>
    Portal,

    /// <summary>The hub and the agency exchange messages over Service Bus.</summary>
    Bus,

    /// <summary>The agency polls the hub's FHIR endpoint or subscribes to it.</summary>
    FhirPull,

    /// <summary>The hub calls the agency's own FHIR endpoint.</summary>
    FhirPush,

    /// <summary>The hub sends the agency's contact a message with a link to a page on which to answer.</summary>
    Web,
}

/// <summary>One agency in the directory.</summary>
public sealed record AgencyEntry
{
    /// <summary>The id of the agency.</summary>
    public required AgencyId Id { get; init; }

    /// <summary>How the hub reaches the agency.</summary>
    public required Reach Reach { get; init; }

    /// <summary>Base address of the agency's FHIR endpoint, for <see cref="Agencies.Reach.FhirPush"/>.</summary>
    public Uri? FhirEndpoint { get; init; }

    /// <summary>
    /// How the hub authenticates to the FHIR endpoint, for <see cref="Agencies.Reach.FhirPush"/>; null if the endpoint asks for no
    /// authentication (a test system).
    /// </summary>
    public FhirAccess? FhirAccess { get; init; }
}

/// <summary>
/// How agencies and people are reached. An agency that is not listed has no channel, so the hub sends nothing to the agency and asks an
/// officer to send each message.
/// </summary>
public sealed class AgencyDirectory(IEnumerable<AgencyEntry> entries)
{
    private readonly Dictionary<AgencyId, AgencyEntry> entries = entries.ToDictionary(e => e.Id);

    /// <summary>All agencies in the directory.</summary>
    public IReadOnlyCollection<AgencyEntry> Entries => entries.Values;

    /// <summary>The warning at start-up about agencies to which nothing can be sent.</summary>
    public string UnreachableWarning => entries.Values.Any(e => e.Reach != Reach.Portal)
        ? "The hub sends nothing to an agency for which agencies.json names no channel. A case officer must send each request and reminder by other means and record it."
        : "No channel to any agency is set up in agencies.json, so the hub sends no requests for advice and no reminders. A case officer must send each request and reminder by other means and record it.";

    /// <summary>Whether the directory lists an agency.</summary>
    public bool Lists(AgencyId agency) => entries.ContainsKey(agency);

    /// <summary>
    /// How to reach an agency. A person who works for no organisation is not in the directory; the case says how to reach that person.
    /// </summary>
    public AgencyEntry For(AgencyId agency) => entries.TryGetValue(agency, out var entry) ? entry
        : new AgencyEntry { Id = agency, Reach = agency.Scheme == AgencyScheme.Person ? Reach.Web : Reach.Portal };
}
