using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>How a case stands, for example waiting or overdue; this is derived from the case and never stored.</summary>
public enum Standing
{
    /// <summary>The case waits for something that is not due yet.</summary>
    Waiting,

    /// <summary>The case waits for something that is overdue.</summary>
    Overdue,

    /// <summary>Advice is three weeks or more late, and there is no reply although every reminder has been sent.</summary>
    Stalled,

    /// <summary>The hub could not complete something, and an operator must act.</summary>
    Failed,

    /// <summary>The case has ended.</summary>
    Ended,
}

/// <summary>A request that waits for an answer.</summary>
/// <param name="Agency">The agency asked, or null for the family.</param>
/// <param name="Due">Last day for the answer.</param>
public readonly record struct AwaitedAnswer(AgencyId? Agency, DateOnly Due);

/// <summary>An answer that was received.</summary>
/// <param name="Agency">The agency that answered.</param>
/// <param name="On">Day of the answer.</param>
/// <param name="InTime">Whether the answer was received by the last day for it.</param>
public readonly record struct Answered(AgencyId Agency, DateOnly On, bool InTime);

/// <summary>Whether one of an assessment's three time limits (6, 16 and 20 weeks) was met.</summary>
/// <param name="Weeks">Number of weeks: 6, 16 or 20.</param>
/// <param name="Due">Last day of the time limit.</param>
/// <param name="InTime">Whether the time limit was met by its last day.</param>
/// <param name="Relieved">Whether an exception to the time limit applied.</param>
public readonly record struct Milestone(int Weeks, DateOnly Due, bool InTime, bool Relieved);

/// <summary>The row of one case in the overview and the lists, without details of the child and without names.</summary>
public sealed record CaseRow
{
    /// <summary>The value of DerivedOn for a row that an earlier version of the hub derived.</summary>
    internal static readonly DateOnly Earlier = DateOnly.MinValue.AddDays(1);

    /// <summary>The row from the store's list.</summary>
    public required AssessmentSummary Summary { get; init; }

    /// <summary>The number by which the board's shared strings identify the set of agencies that were asked for advice.</summary>
    public required int AgencyGroup { get; init; }

    /// <summary>The agencies by which the monitor does not find the case, because they take part on account of a detention.</summary>
    public IReadOnlyList<AgencyId> Unnamed { get; init; } = [];

    /// <summary>Council of the case.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>
    /// Day on which the row was derived. What the row says about dates was worked out for this day. The value is the earliest possible date
    /// while only the store's list has been read, and <see cref="Earlier"/> for a row that an earlier version of the hub stored.
    /// </summary>
    public required DateOnly DerivedOn { get; init; }

    /// <summary>First day on which the case will be at risk if nothing arrives.</summary>
    public DateOnly? AtRiskFrom { get; init; }

    /// <summary>First day on which a time limit can no longer be met if nothing arrives.</summary>
    public DateOnly? LostFrom { get; init; }

    /// <summary>The reason for the case's outlook, that is, why its time limits will or will not be met.</summary>
    public required string Reason { get; init; }

    /// <summary>Number of effects that failed permanently.</summary>
    public required int Failed { get; init; }

    /// <summary>Requests that still wait for an answer.</summary>
    public required IReadOnlyList<AwaitedAnswer> Awaited { get; init; }

    /// <summary>Answers that were received.</summary>
    public required IReadOnlyList<Answered> Answered { get; init; }

    /// <summary>Time limits that have been met or missed.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>Name of the step that records the decision for which the case waits, or null if the case waits for no decision.</summary>
    public string? Decision { get; init; }

    /// <summary>Days on which a panel considered the case.</summary>
    public IReadOnlyList<DateOnly> Panels { get; init; } = [];

    /// <summary>Details for the list of phase transfers, or null if no plan is maintained.</summary>
    public PlanCohort? Cohort { get; init; }

    /// <summary>Details from which the total costs of plans are calculated, or null if no plan is maintained.</summary>
    public CaseCost? Cost { get; init; }

    /// <summary>Whether the case has not ended.</summary>
    public bool IsOpen => !Summary.Stage.HasEnded();

    /// <summary>Whether this process or an earlier one has read the case in full, so that outlook and reason are known.</summary>
    public bool IsRead => DerivedOn != default;

    /// <summary>The row of a case that is known only from the store's list.</summary>
    internal static CaseRow Listed(AssessmentSummary summary, SharedStrings words) => new()
    {
        Summary = words.Of(summary),
        // Until the case has been read, it is not known which agencies people who run the hub are shown.
        AgencyGroup = words.GroupOf([]),
        Council = summary.Id.Council,
        DerivedOn = default,
        Reason = "",
        Failed = 0,
        Awaited = [],
        Answered = [],
        Milestones = [],
    };

    /// <summary>The agencies without those by which the monitor does not find the case.</summary>
    internal static IReadOnlyList<AgencyId> Named(IReadOnlyList<AgencyId> asked, IReadOnlyList<AgencyId> unnamed) => unnamed.Count == 0 ? asked : [.. asked.Except(unnamed)];

    /// <summary>Derives the row.</summary>
    internal static CaseRow Of(AssessmentSummary summary, AssessmentState state, DateOnly today, Rules rules, SharedStrings words)
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
            AgencyGroup = words.GroupOf(Named(summary.Agencies, OperationsSight.Of(state).Hidden)),
            Unnamed = OperationsSight.Of(state).Hidden,
            Council = rules.Council.Code,
            DerivedOn = today,
            AtRiskFrom = risk,
            LostFrom = lost,
            Reason = words.Of(OperationsSight.ReasonOf(state, forecasts, today, rules)),
            Failed = state.FailedEffects.Count,
            Awaited = state.Requests.Where(r => r.IsAwaited && AdviceRounds.MayBeAnswered(state, r)).Select(r => new AwaitedAnswer(r.Agency is { } asked ? words.Of(asked.Id) : null, Due(r))).ToArray(),
            // A correction is not counted as a new answer.
            Answered = state.Advice
                .Where(a => !state.Advice.Any(first => first.CorrectedBy == a.Id))
                .Select(a => (Advice: a, Request: state.Requests.FirstOrDefault(r => r.Id == a.RequestId)))
                .Where(a => a.Request?.Agency is not null)
                .Select(a => new Answered(words.Of(a.Request!.Agency!.Id), a.Advice.ReceivedOn, a.Advice.ReceivedOn <= Due(a.Request)))
                .ToArray(),
            Milestones = forecasts.Where(f => f.IsMilestone && f.Outlook is Outlook.Met or Outlook.Missed)
                .Select(f => new Milestone(f.Weeks, f.Due, f.Outlook == Outlook.Met, f.RelievedBy.Count > 0))
                .ToArray(),
            Decision = AwaitedDecision.Of(state)?.Name,
            Cohort = PlanCohort.Of(state, today, rules, words),
            Cost = CaseCost.Of(state, today, words),
            Panels = state.Panels.Count == 0 ? [] : state.Panels.Select(one => one.On).ToArray(),
        };
    }

    /// <summary>The case's status on a day in one line, as on the case's page in the monitor.</summary>
    public string StatusOn(DateOnly today) => OperationsView.Status(Summary, today);

    /// <summary>The case's standing on a day.</summary>
    public Standing StandingOn(DateOnly today) => RowKey.Of(this).StandingOn(today.DayNumber);

    /// <summary>
    /// The case's outlook on a day: whether all future time limits will be met. The outlook is null until the case has been read in full.
    /// </summary>
    public Outlook? OutlookOn(DateOnly today) => RowKey.Of(this).OutlookOn(today.DayNumber);
}
