using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>One agency as listed in the directories of agencies and of contacts, and the answers that it owes one council.</summary>
/// <param name="Id">The agency.</param>
/// <param name="Name">Its name in requests; null where none has been made yet.</param>
/// <param name="Entry">How it is reached.</param>
/// <param name="IsListed">Whether the directory lists it.</param>
/// <param name="Contacts">Its contacts by role.</param>
/// <param name="Outstanding">Number of answers that the council is waiting for from it.</param>
/// <param name="Overdue">Of these, overdue.</param>
/// <param name="Test">How sending to it can be tested; null where nothing can be sent to it.</param>
public sealed record AgencyLine(
    AgencyId Id, string? Name, AgencyEntry Entry, bool IsListed, IReadOnlyList<NoticeContact> Contacts, int Outstanding, int Overdue, IChannelTest? Test);

/// <summary>
/// How each agency is reached. What it shows is read from agencies.json and notice-directory.json, which are changed where the hub is run: there is no second
/// list that must be kept in step.
/// </summary>
public sealed class AgencyList(AgencyDirectory agencies, NoticeDirectory contacts, IEnumerable<IChannelTest> tests, CaseBoard board)
{
    /// <summary>Every agency that the directory lists, and every one that a council is waiting for an answer from, by id.</summary>
    public IReadOnlyList<AgencyLine> For(LocalAuthorityCode council)
    {
        var owed = board.Current.OverviewOf(council).Agencies.ToDictionary(one => one.Agency);
        return
        [
            .. agencies.Entries.Select(entry => entry.Id).Union(owed.Values.Where(one => one.Outstanding > 0).Select(one => one.Agency))
                .OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => Line(id, owed.GetValueOrDefault(id))),
        ];
    }

    /// <summary>One agency of the directory; null where it is not listed.</summary>
    public AgencyLine? Find(string? id) => AgencyId.TryParse(id, out var agency, out _) && agencies.Lists(agency) ? Line(agency, null) : null;

    /// <summary>How an agency is reached, in words.</summary>
    public static string Words(AgencyLine line) => (line.IsListed, line.Entry.Reach) switch
    {
        (_, Reach.Bus) => "Over the bus, by its own system",
        (_, Reach.FhirPull) => "Its own system fetches requests from the hub’s FHIR endpoint",
        (_, Reach.FhirPush) => "The hub calls its own FHIR endpoint",
        (_, Reach.Web) => "By a message with a link to a page of the hub",
        (true, _) => "An officer tells the agency; it may sign in where that is set up",
        _ => "Not listed: an officer sends each request by other means",
    };

    private AgencyLine Line(AgencyId id, AgencyPunctuality? owed)
    {
        var entry = agencies.For(id);
        return new AgencyLine(
            id, board.NameOf(id), entry, agencies.Lists(id), contacts.Of(id.Value), owed?.Outstanding ?? 0, owed?.Overdue ?? 0, tests.FirstOrDefault(test => test.Reach == entry.Reach));
    }
}
