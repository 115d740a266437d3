using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>How punctual one agency's advice was in a month, and what is still outstanding.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="InTime">Answers in time.</param>
/// <param name="Late">Answers late.</param>
/// <param name="Outstanding">Answers awaited.</param>
/// <param name="Overdue">Of these, overdue.</param>
public sealed record AgencyPunctuality(AgencyId Agency, int InTime, int Late, int Outstanding, int Overdue);

/// <summary>How one of the three limits was kept in a month.</summary>
/// <param name="Weeks">6, 16 or 20.</param>
/// <param name="Met">Due in the month and met in time.</param>
/// <param name="Missed">Due in the month and not met in time, without an exception.</param>
/// <param name="MissedRelieved">Not met in time, relieved by an exception.</param>
public sealed record LimitTally(int Weeks, int Met, int Missed, int MissedRelieved);

/// <summary>Everything on one page.</summary>
public sealed record Overview
{
    private const int MaxAgencies = 20;

    /// <summary>When the board was read; null while it is being read for the first time.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Cases whose outlook has not been read yet.</summary>
    public required int Unread { get; init; }

    /// <summary>Open cases by stage.</summary>
    public required IReadOnlyList<(Stage Stage, int Cases)> Stages { get; init; }

    /// <summary>Open cases by standing.</summary>
    public required IReadOnlyList<(Standing Standing, int Cases)> Standings { get; init; }

    /// <summary>Open cases by outlook.</summary>
    public required IReadOnlyList<(Outlook Outlook, int Cases)> Outlooks { get; init; }

    /// <summary>The limits of this month.</summary>
    public required IReadOnlyList<LimitTally> Limits { get; init; }

    /// <summary>Agencies, those with most outstanding first.</summary>
    public required IReadOnlyList<AgencyPunctuality> Agencies { get; init; }

    /// <summary>Last day of the advice that has been overdue longest, with its case.</summary>
    public required (AssessmentId Case, DateOnly Due)? Oldest { get; init; }

    /// <summary>Counts the cases of one council, or of all, on the day of the snapshot.</summary>
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
