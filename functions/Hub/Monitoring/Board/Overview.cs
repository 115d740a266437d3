using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>How punctual one agency's advice was in a month, and what it still owes.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="InTime">Answers in time.</param>
/// <param name="Late">Answers late.</param>
/// <param name="Outstanding">Answers awaited.</param>
/// <param name="Overdue">Of these, overdue.</param>
public sealed record AgencyPunctuality(AgencyId Agency, int InTime, int Late, int Outstanding, int Overdue);

/// <summary>How one of the three limits went in a month.</summary>
/// <param name="Weeks">6, 16 or 20.</param>
/// <param name="Met">Due in the month and met in time.</param>
/// <param name="Missed">Due in the month and not met in time, without an exception.</param>
/// <param name="MissedRelieved">Not met in time, relieved by an exception.</param>
public sealed record LimitTally(int Weeks, int Met, int Missed, int MissedRelieved);

/// <summary>Everything on one page.</summary>
public sealed record Overview
{
    private const int MostAgencies = 20;

    /// <summary>When the board was read.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Open cases by stage.</summary>
    public required IReadOnlyList<(Stage Stage, int Cases)> Stages { get; init; }

    /// <summary>Open cases by standing.</summary>
    public required IReadOnlyList<(Standing Standing, int Cases)> Standings { get; init; }

    /// <summary>Open cases by outlook.</summary>
    public required IReadOnlyList<(Outlook Outlook, int Cases)> Outlooks { get; init; }

    /// <summary>The limits of this month.</summary>
    public required IReadOnlyList<LimitTally> Limits { get; init; }

    /// <summary>Agencies, those that owe most first.</summary>
    public required IReadOnlyList<AgencyPunctuality> Agencies { get; init; }

    /// <summary>Last day of the advice that is outstanding longest past it, with its case.</summary>
    public required (AssessmentId Case, DateOnly Due)? Oldest { get; init; }

    /// <summary>Counts the cases of a council, or of all.</summary>
    public static Overview Of(Snapshot board, LocalAuthorityCode? council, DateOnly today)
    {
        var cases = council is { } only ? [.. board.Cases.Where(c => c.Summary.Id.Council == only)] : board.Cases;
        var open = cases.Where(c => c.IsOpen).ToList();
        var first = new DateOnly(today.Year, today.Month, 1);
        var stages = open.CountBy(c => c.Summary.Stage).ToDictionary();
        var standings = open.CountBy(c => c.StandingOn(today)).ToDictionary();
        var outlooks = open.CountBy(c => c.OutlookOn(today)).ToDictionary();
        return new Overview
        {
            AsOf = board.AsOf,
            Stages = [.. Enum.GetValues<Stage>().Where(s => !s.HasEnded()).Select(s => (s, stages.GetValueOrDefault(s)))],
            Standings = [.. new[] { Standing.Waiting, Standing.Overdue, Standing.Stalled, Standing.Failed }.Select(s => (s, standings.GetValueOrDefault(s)))],
            Outlooks = [.. new[] { Outlook.OnTrack, Outlook.AtRisk, Outlook.WillMiss }.Select(o => (o, outlooks.GetValueOrDefault(o)))],
            Limits = [.. new[] { 6, 16, 20 }.Select(weeks => Tally(cases, weeks, first, today))],
            Agencies = Punctuality(cases, first, today),
            Oldest = open.SelectMany(c => c.Awaited.Select(a => ((AssessmentId, DateOnly)?)(c.Summary.Id, a.Due))).MinBy(a => a!.Value.Item2),
        };
    }

    private static LimitTally Tally(IEnumerable<CaseRow> cases, int weeks, DateOnly first, DateOnly today)
    {
        int met = 0, missed = 0, relieved = 0;
        foreach (var milestone in cases.SelectMany(c => c.Milestones))
        {
            if (milestone.Weeks == weeks && milestone.Due >= first && milestone.Due <= today)
            {
                _ = milestone.InTime ? met++ : milestone.Relieved ? relieved++ : missed++;
            }
        }

        return new LimitTally(weeks, met, missed, relieved);
    }

    private static List<AgencyPunctuality> Punctuality(IEnumerable<CaseRow> cases, DateOnly first, DateOnly today)
    {
        var agencies = new Dictionary<AgencyId, (int InTime, int Late, int Outstanding, int Overdue)>();
        foreach (var row in cases)
        {
            foreach (var answer in row.Answered.Where(a => a.On >= first && a.On <= today))
            {
                var so = agencies.GetValueOrDefault(answer.Agency);
                agencies[answer.Agency] = answer.InTime ? so with { InTime = so.InTime + 1 } : so with { Late = so.Late + 1 };
            }

            foreach (var awaited in row.Awaited)
            {
                if (awaited.Agency is { } agency)
                {
                    var so = agencies.GetValueOrDefault(agency);
                    agencies[agency] = so with { Outstanding = so.Outstanding + 1, Overdue = so.Overdue + (awaited.Due < today ? 1 : 0) };
                }
            }
        }

        return [.. agencies.Select(a => new AgencyPunctuality(a.Key, a.Value.InTime, a.Value.Late, a.Value.Outstanding, a.Value.Overdue))
            .OrderByDescending(a => a.Overdue).ThenByDescending(a => a.Outstanding).ThenBy(a => a.Agency.Value, StringComparer.Ordinal).Take(MostAgencies)];
    }
}
