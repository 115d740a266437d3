using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// One agency as listed in the directories of agencies and of contacts, and the answers that one council is waiting for from the agency.
/// </summary>
/// <param name="Id">The agency's id.</param>
/// <param name="Name">The agency's name in requests, or null if no request has been made yet.</param>
/// <param name="Entry">How the hub reaches the agency.</param>
/// <param name="IsListed">Whether the directory lists the agency.</param>
/// <param name="Contacts">The agency's contacts by role.</param>
/// <param name="Outstanding">Number of answers that the council is waiting for from the agency.</param>
/// <param name="Overdue">Number of outstanding answers that are overdue.</param>
/// <param name="Test">How sending to the agency can be tested, or null if nothing can be sent to it.</param>
public sealed record AgencyLine(
    AgencyId Id, string? Name, AgencyEntry Entry, bool IsListed, IReadOnlyList<NoticeContact> Contacts, int Outstanding, int Overdue, IChannelTest? Test);

/// <summary>
/// How each agency is reached. The details are read from agencies.json and notice-directory.json, which the hub's operators maintain, so
/// there is no second list that somebody must update.
/// </summary>
public sealed class AgencyList(AgencyDirectory agencies, NoticeDirectory contacts, IEnumerable<IChannelTest> tests, CaseBoard board)
{
    /// <summary>Every agency that the directory lists, and every other agency from which a council is waiting for an answer, in order of
    /// id.</summary>
    public IReadOnlyList<AgencyLine> For(LocalAuthorityCode council)
    {
        var owed = board.Current.OverviewOf(council).Agencies.ToDictionary(one => one.Agency);
        return
        [
            .. agencies.Entries.Select(entry => entry.Id).Union(owed.Values.Where(one => one.Outstanding > 0).Select(one => one.Agency))
                .OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => Line(id, owed.GetValueOrDefault(id))),
        ];
    }

    /// <summary>One agency in the directory, or null if it is not listed.</summary>
    public AgencyLine? Find(string? id) => AgencyId.TryParse(id, out var agency, out _) && agencies.Lists(agency) ? Line(agency, null) : null;

    /// <summary>How an agency is reached, as text for officers.</summary>
    public static string Words(AgencyLine line) => (line.IsListed, line.Entry.Reach) switch
    {
        (_, Reach.Bus) => "The agency’s own system receives requests over the message bus",
        (_, Reach.FhirPull) => "The agency’s own system fetches requests from the hub’s FHIR endpoint",
        (_, Reach.FhirPush) => "The hub sends requests to the agency’s own FHIR endpoint",
        (_, Reach.Web) => "The agency receives a message with a link to a page of the hub",
        (true, _) => "An officer contacts the agency; if sign-in is set up, the agency can also sign in to the hub",
        _ => "The agency is not listed, so an officer sends each request by other means",
    };

    private AgencyLine Line(AgencyId id, AgencyPunctuality? owed)
    {
        var entry = agencies.For(id);
        return new AgencyLine(
            id, board.NameOf(id), entry, agencies.Lists(id), contacts.Of(id.Value), owed?.Outstanding ?? 0, owed?.Overdue ?? 0, tests.FirstOrDefault(test => test.Reach == entry.Reach));
    }
}
