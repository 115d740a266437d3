using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>One agency's punctuality in a month, and its outstanding advice.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="InTime">Number of answers that arrived in time.</param>
/// <param name="Late">Number of answers that arrived late.</param>
/// <param name="Outstanding">Number of answers that are still awaited.</param>
/// <param name="Overdue">Number of awaited answers that are overdue.</param>
public sealed record AgencyPunctuality(AgencyId Agency, int InTime, int Late, int Outstanding, int Overdue);

/// <summary>How often one of the three time limits was met in a month.</summary>
/// <param name="Weeks">Length of the time limit in weeks: 6, 16 or 20.</param>
/// <param name="Met">Number of time limits that fell due in the month and were met.</param>
/// <param name="Missed">Number of time limits that fell due in the month and were missed without an exception.</param>
/// <param name="MissedRelieved">Number of time limits that were missed, but with an exception.</param>
public sealed record LimitTally(int Weeks, int Met, int Missed, int MissedRelieved);

/// <summary>The figures of the overview page.</summary>
public sealed record Overview
{
    private const int MaxAgencies = 20;

    /// <summary>Time at which the board was read, or null until it has been read for the first time.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Number of cases whose outlook is not known yet.</summary>
    public required int Unread { get; init; }

    /// <summary>Number of open cases at each stage.</summary>
    public required IReadOnlyList<(Stage Stage, int Cases)> Stages { get; init; }

    /// <summary>Number of open cases with each standing, for example waiting or overdue.</summary>
    public required IReadOnlyList<(Standing Standing, int Cases)> Standings { get; init; }

    /// <summary>Number of open cases with each outlook.</summary>
    public required IReadOnlyList<(Outlook Outlook, int Cases)> Outlooks { get; init; }

    /// <summary>The time limits that fall due in this month.</summary>
    public required IReadOnlyList<LimitTally> Limits { get; init; }

    /// <summary>The agencies, sorted so that the agency with the most outstanding advice comes first.</summary>
    public required IReadOnlyList<AgencyPunctuality> Agencies { get; init; }

    /// <summary>The advice that has been overdue longest: its case and its last day.</summary>
    public required (AssessmentId Case, DateOnly Due)? Oldest { get; init; }

    /// <summary>Counts the cases of one council, or of all councils, on the day of the snapshot.</summary>
    internal static Overview Of(Snapshot board, LocalAuthorityCode? council)
    {
        var count = new OverviewCount(board.Today);
        foreach (var row in council is { } only ? board.Of(only) : board.Cases)
        {
            count.Add(row);
        }

        return new Overview
        {
            AsOf = board.AsOf,
            Unread = board.Unread,
            Stages = [.. Enum.GetValues<Stage>().Where(s => !s.HasEnded()).Select(s => (s, count.Of(s)))],
            Standings = [.. new[] { Standing.Waiting, Standing.Overdue, Standing.Stalled, Standing.Failed }.Select(s => (s, count.Of(s)))],
            Outlooks = [.. new[] { Outlook.OnTrack, Outlook.AtRisk, Outlook.WillMiss }.Select(o => (o, count.Of(o)))],
            Limits = [.. new[] { 6, 16, 20 }.Select(count.Of)],
            Agencies = [.. count.Agencies.OrderByDescending(a => a.Overdue).ThenByDescending(a => a.Outstanding).ThenBy(a => a.Agency.Value, StringComparer.Ordinal).Take(MaxAgencies)],
            Oldest = count.Oldest,
        };
    }
}
