using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>Looks up the names of a case's agencies by their ids, because a reader knows "St Mary's" and not "ods:RX1".</summary>
public static class AgencyNames
{
    /// <summary>The names of all agencies in the case, by the agency's id.</summary>
    public static IReadOnlyDictionary<string, string> Of(AssessmentState state)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var agency in All(state))
        {
            names.TryAdd(agency.Id.Value, agency.Name);
        }

        return names;
    }

    private static IEnumerable<Agency> All(AssessmentState state) =>
        state.Requests.Select(r => r.Agency).OfType<Agency>()
            .Concat(state.Institutions.Select(i => i.Institution))
            .Concat(state.Existing.Select(e => e.Agency))
            .Concat(state.Notices.Select(n => n.Agency).OfType<Agency>())
            .Concat(state.Facts is { } facts ? [facts.Icb] : []);
}
