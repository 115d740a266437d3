using System.Runtime.InteropServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>Counts cases for an overview in one pass.</summary>
internal sealed class OverviewCount(DateOnly today)
{
    private readonly DateOnly first = new(today.Year, today.Month, 1);
    private readonly Dictionary<Stage, int> stages = [];
    private readonly Dictionary<Standing, int> standings = [];
    private readonly Dictionary<Outlook, int> outlooks = [];
    private readonly Dictionary<int, LimitTally> limits = [];
    private readonly Dictionary<AgencyId, (int InTime, int Late, int Outstanding, int Overdue)> agencies = [];

    /// <summary>The advice that has been overdue longest: its case and its last day.</summary>
    internal (AssessmentId Case, DateOnly Due)? Oldest { get; private set; }

    /// <summary>Punctuality of each agency that was asked for advice.</summary>
    internal IEnumerable<AgencyPunctuality> Agencies => agencies.Select(a => new AgencyPunctuality(a.Key, a.Value.InTime, a.Value.Late, a.Value.Outstanding, a.Value.Overdue));

    internal int Of(Stage stage) => stages.GetValueOrDefault(stage);

    internal int Of(Standing standing) => standings.GetValueOrDefault(standing);

    internal int Of(Outlook outlook) => outlooks.GetValueOrDefault(outlook);

    internal LimitTally Of(int weeks) => limits.GetValueOrDefault(weeks) ?? new LimitTally(weeks, 0, 0, 0);

    internal void Add(CaseRow row)
    {
        foreach (var milestone in row.Milestones)
        {
            if (milestone.Due >= first && milestone.Due <= today)
            {
                var so = Of(milestone.Weeks);
                limits[milestone.Weeks] = milestone.InTime ? so with { Met = so.Met + 1 } : milestone.Relieved ? so with { MissedRelieved = so.MissedRelieved + 1 } : so with { Missed = so.Missed + 1 };
            }
        }

        foreach (var answer in row.Answered)
        {
            if (answer.On >= first && answer.On <= today)
            {
                ref var so = ref CollectionsMarshal.GetValueRefOrAddDefault(agencies, answer.Agency, out _);
                _ = answer.InTime ? so.InTime++ : so.Late++;
            }
        }

        // Advice for a review or re-assessment is also awaited, although the case is not open.
        foreach (var awaited in row.Awaited)
        {
            if (Oldest is not { } oldest || awaited.Due < oldest.Due)
            {
                Oldest = (row.Summary.Id, awaited.Due);
            }

            if (awaited.Agency is { } agency)
            {
                ref var so = ref CollectionsMarshal.GetValueRefOrAddDefault(agencies, agency, out _);
                so.Outstanding++;
                so.Overdue += awaited.Due < today ? 1 : 0;
            }
        }

        if (!row.IsOpen)
        {
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(stages, row.Summary.Stage, out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(standings, row.StandingOn(today), out _)++;
        if (row.OutlookOn(today) is { } outlook)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(outlooks, outlook, out _)++;
        }
    }
}
