using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// Stores one copy of each string that many cases share: agencies, councils, awaited items and reasons. With 150,000 cases these strings
/// would take most of a board's memory. Safe for concurrent use.
/// </summary>
public sealed class SharedStrings
{
    /// <summary>
    /// The largest number of texts that are stored; when there are more, all are removed. Most texts are reasons, which contain dates, so
    /// yesterday's reasons are useless.
    /// </summary>
    private const int MaxTexts = 100_000;

    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AgencyId, AgencyId> agencies = new();
    private readonly ConcurrentDictionary<AgencyId, string> names = new();
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<AgencyId[]> groups = [];

    /// <summary>The shared copy of a text.</summary>
    internal string Of(string text)
    {
        if (texts.Count > MaxTexts)
        {
            texts.Clear();
        }

        return texts.GetOrAdd(text, text);
    }

    /// <summary>The shared copy of an agency's id.</summary>
    internal AgencyId Of(AgencyId agency) => agencies.GetOrAdd(agency, agency);

    /// <summary>Records the name of an agency.</summary>
    internal void Learn(Agency agency) => names.AddOrUpdate(Of(agency.Id), static (_, name) => name, static (_, before, name) => before == name ? before : name, agency.Name);

    /// <summary>The name last recorded for an agency, or null if no name was recorded.</summary>
    internal string? NameOf(AgencyId agency) => names.GetValueOrDefault(agency);

    /// <summary>A copy of the summary that uses the shared strings.</summary>
    internal AssessmentSummary Of(AssessmentSummary summary) => summary with
    {
        WaitingFor = Of(summary.WaitingFor),
        Later = summary.Later is { } later ? later with { For = Of(later.For) } : null,
        CaseOfficer = summary.CaseOfficer is { } officer ? Of(officer) : null,
        Agencies = Group(GroupOf(summary.Agencies)),
    };

    /// <summary>The number of a set of agencies, counted from 0.</summary>
    internal int GroupOf(IReadOnlyList<AgencyId> asked)
    {
        var key = string.Join(' ', asked.Select(a => a.Value));
        lock (groups)
        {
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = groups.Count;
                groups.Add([.. asked.Select(Of)]);
            }

            return number;
        }
    }

    /// <summary>For each set of agencies, by the set's number: whether the set contains the agency. Sets added after this call are not
    /// included.</summary>
    internal bool[] GroupsWith(AgencyId agency)
    {
        lock (groups)
        {
            return [.. groups.Select(g => g.Contains(agency))];
        }
    }

    private AgencyId[] Group(int number)
    {
        lock (groups)
        {
            return groups[number];
        }
    }
}
