using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>How a case stands, derived and never stored.</summary>
public enum Standing
{
    /// <summary>It waits for something that is not due yet.</summary>
    Waiting,

    /// <summary>What it waits for is late.</summary>
    Overdue,

    /// <summary>Late for three weeks or more: every ladder has been climbed and nobody has come.</summary>
    Stalled,

    /// <summary>The hub could not do something and a person must act.</summary>
    Failed,

    /// <summary>It has ended.</summary>
    Ended,
}

/// <summary>An answer that is awaited.</summary>
/// <param name="Agency">Who is asked; null for the family.</param>
/// <param name="Due">Its last day.</param>
public readonly record struct Awaited(AgencyId? Agency, DateOnly Due);

/// <summary>An answer that came.</summary>
/// <param name="Agency">Who answered.</param>
/// <param name="On">Day.</param>
/// <param name="InTime">By its last day.</param>
public readonly record struct Answered(AgencyId Agency, DateOnly On, bool InTime);

/// <summary>How one of the three limits went.</summary>
/// <param name="Weeks">6, 16 or 20.</param>
/// <param name="Due">Its last day.</param>
/// <param name="InTime">It was met by that day.</param>
/// <param name="Relieved">An exception relieved it.</param>
public readonly record struct Milestone(int Weeks, DateOnly Due, bool InTime, bool Relieved);

/// <summary>What the overview and the lists know of one case. No child, no name.</summary>
public sealed record CaseRow
{
    /// <summary>What the store's list shows.</summary>
    public required AssessmentSummary Summary { get; init; }

    /// <summary>Number of its set of agencies among the board's shared words.</summary>
    public required int AgencyGroup { get; init; }

    /// <summary>Its council.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>Day on which it was derived: sentences about days are true on it. The first of all days while only the list is known.</summary>
    public required DateOnly DerivedOn { get; init; }

    /// <summary>First day on which it is at risk, without news.</summary>
    public DateOnly? AtRiskFrom { get; init; }

    /// <summary>First day on which a limit is beyond help, without news.</summary>
    public DateOnly? LostFrom { get; init; }

    /// <summary>The one thing that decides.</summary>
    public required string Reason { get; init; }

    /// <summary>Effects that failed for good.</summary>
    public required int Failed { get; init; }

    /// <summary>Answers awaited.</summary>
    public required IReadOnlyList<Awaited> Awaited { get; init; }

    /// <summary>Answers that came.</summary>
    public required IReadOnlyList<Answered> Answered { get; init; }

    /// <summary>Limits that are over.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>It has not ended.</summary>
    public bool IsOpen => !Summary.Stage.HasEnded();

    /// <summary>It was read in full, so outlook and reason are known.</summary>
    public bool IsRead => DerivedOn != default;

    /// <summary>The row of a case of which only the list is known.</summary>
    internal static CaseRow Listed(AssessmentSummary summary, SharedWords words) => new()
    {
        Summary = words.Of(summary),
        AgencyGroup = words.GroupOf(summary.Agencies),
        Council = summary.Id.Council,
        DerivedOn = default,
        Reason = "",
        Failed = 0,
        Awaited = [],
        Answered = [],
        Milestones = [],
    };

    /// <summary>Derives the row.</summary>
    internal static CaseRow Of(AssessmentSummary summary, AssessmentState state, DateOnly today, Rules rules, SharedWords words)
    {
        var forecasts = Forecasts.Of(state, today, rules);
        var (risk, lost) = Forecasts.Turning(state, today, rules);
        foreach (var agency in state.Requests.Select(r => r.Agency).OfType<Agency>())
        {
            words.Learn(agency);
        }

        DateOnly Due(AdviceRequest request) => Chasing.DueDay(state, request, rules);
        return new CaseRow
        {
            Summary = words.Of(summary),
            AgencyGroup = words.GroupOf(summary.Agencies),
            Council = rules.Council.Code,
            DerivedOn = today,
            AtRiskFrom = risk,
            LostFrom = lost,
            Reason = words.Of(Forecasts.Deciding(forecasts)?.Reason ?? ""),
            Failed = state.FailedEffects.Count,
            Awaited = state.Stage.HasEnded() ? [] : state.Requests.Where(r => r.IsOpen).Select(r => new Awaited(r.Agency is { } asked ? words.Of(asked.Id) : null, Due(r))).ToArray(),
            // A correction is no new answer.
            Answered = state.Advice
                .Where(a => !state.Advice.Any(first => first.CorrectedBy == a.Id))
                .Select(a => (Advice: a, Request: state.Requests.FirstOrDefault(r => r.Id == a.RequestId)))
                .Where(a => a.Request?.Agency is not null)
                .Select(a => new Answered(words.Of(a.Request!.Agency!.Id), a.Advice.ReceivedOn, a.Advice.ReceivedOn <= Due(a.Request)))
                .ToArray(),
            Milestones = forecasts.Where(f => f.IsMilestone && f.Outlook is Outlook.Met or Outlook.Missed)
                .Select(f => new Milestone(f.Weeks, f.Due, f.Outlook == Outlook.Met, f.RelievedBy.Count > 0))
                .ToArray(),
        };
    }

    /// <summary>Where it stands on a day, in one line: the line that the case itself shows.</summary>
    public string StatusOn(DateOnly today) =>
        Summary.On(today) is var listed ? StatusLine.Of(listed.Stage, listed.WaitingFor, listed.WaitingSince, listed.WaitingDue, today) : "";

    /// <summary>How it stands on a day.</summary>
    public Standing StandingOn(DateOnly today) => RowKey.Of(this).StandingOn(today.DayNumber);

    /// <summary>Its outlook on a day: whether all limits still ahead will be met; null while it has not been read.</summary>
    public Outlook? OutlookOn(DateOnly today) => RowKey.Of(this).OutlookOn(today.DayNumber);
}
