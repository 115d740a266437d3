using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The open cases of one officer.</summary>
/// <param name="Officer">The officer's id, or null for cases that are not assigned to an officer.</param>
/// <param name="Cases">Number of open cases.</param>
/// <param name="Overdue">Number of the officer's open cases that are waiting for something that is late.</param>
/// <param name="MedianWeeks">Median age of the cases, in whole weeks since the request.</param>
/// <param name="OldestWeeks">Age of the oldest case, in whole weeks since the request.</param>
public sealed record Caseload(string? Officer, int Cases, int Overdue, int MedianWeeks, int OldestWeeks);

/// <summary>What a team manager is shown about the council's cases: counts only, and no details of any child.</summary>
/// <param name="AsOf">When the cases were read, or null while they are being read for the first time.</param>
/// <param name="Officers">Caseload of each officer, the largest first.</param>
/// <param name="Due">Number of plans due this year up to today.</param>
/// <param name="InTime">Number of plans due this year up to today that were sent within 20 weeks.</param>
/// <param name="DueWithoutExceptions">Number of plans due this year up to today, leaving out plans for which an exception relieves the
/// council of the time limit.</param>
/// <param name="InTimeWithoutExceptions">Number of the plans counted in DueWithoutExceptions that were sent within 20 weeks.</param>
/// <param name="Ahead">The Monday of each of the next eight weeks, with the number of final plans due in that week.</param>
/// <param name="Agencies">Punctuality of each agency this month.</param>
public sealed record Dashboard(
    DateTimeOffset? AsOf, IReadOnlyList<Caseload> Officers, int Due, int InTime, int DueWithoutExceptions, int InTimeWithoutExceptions,
    IReadOnlyList<(DateOnly Monday, int Plans)> Ahead, IReadOnlyList<AgencyPunctuality> Agencies)
{
    private const int WeeksAhead = 8;

    /// <summary>Counts the cases of a council on a given day.</summary>
    public static Dashboard Of(Snapshot board, LocalAuthorityCode council, DateOnly today)
    {
        var rows = board.Of(council).ToList();
        var open = rows.Where(row => row.IsOpen).ToList();
        var plans = rows.SelectMany(row => row.Milestones).Where(m => m.Weeks == 20 && m.Due.Year == today.Year && m.Due <= today).ToList();
        var counted = plans.Where(m => !m.Relieved).ToList();
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return new Dashboard(
            board.AsOf,
            [.. open.GroupBy(row => row.Summary.CaseOfficer).Select(held => LoadOf(held.Key, [.. held], today)).OrderByDescending(load => load.Cases).ThenBy(load => load.Officer, StringComparer.Ordinal)],
            plans.Count, plans.Count(m => m.InTime), counted.Count, counted.Count(m => m.InTime),
            [.. Enumerable.Range(0, WeeksAhead).Select(week => monday.AddDays(7 * week)).Select(first => (first, open.Count(row => row.Summary.FinalPlanDue >= first && row.Summary.FinalPlanDue < first.AddDays(7))))],
            board.OverviewOf(council).Agencies);
    }

    /// <summary>A percentage as shown on the page, or a note that no plan was due.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "no plan was due" : FormattableString.Invariant($"{100.0 * part / whole:0} % ({part} of {whole})");

    private static Caseload LoadOf(string? officer, List<CaseRow> held, DateOnly today)
    {
        var weeks = held.Select(row => Math.Max(0, (today.DayNumber - row.Summary.ReceivedOn.DayNumber) / 7)).Order().ToList();
        return new Caseload(officer, held.Count, held.Count(row => row.StandingOn(today) is Standing.Overdue or Standing.Stalled), weeks[weeks.Count / 2], weeks[^1]);
    }
}
