using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>The first decision on one question (whether to assess, or whether to issue a plan), even if it is reversed later.</summary>
internal enum FirstOutcome
{
    Open,
    Yes,
    No,
    Withdrawn,
}

/// <summary>The stage that a case had reached at the end of the year that a return covers.</summary>
internal enum EndOfYear
{
    UnderWay,
    PlanIssued,
    Refused,
    NoPlan,
    Withdrawn,
}

/// <summary>What became of a decision after it was made.</summary>
internal sealed class Decided
{
    internal FirstOutcome Outcome { get; set; }

    /// <summary>
    /// Day on which the family was notified of the decision, or null if there is no decision or the family was not notified.
    /// </summary>
    internal DateOnly? On { get; set; }

    internal bool Mediation { get; set; }

    internal bool Tribunal { get; set; }
}

/// <summary>
/// What a return reports about one case. The data come from the case's events up to the end of the year. The return reports the first
/// decision; a flag on that decision shows mediation or an appeal.
/// </summary>
internal sealed class CaseHistory
{
    private readonly AssessmentState state;
    private readonly ReturnPeriod period;
    private readonly HashSet<string> mediation;
    private readonly HashSet<string> tribunal;

    // The decision that the family can dispute now, and the decisions to which the recorded mediation and appeal relate. The outcome of
    // mediation or an appeal still belongs to the decision to which it relates, even if another decision has been made since.
    private Decided? disputed;
    private Decided? mediated;
    private Decided? appealed;
    private readonly Dictionary<int, Decided> appeals = [];

    private CaseHistory(AssessmentState state, ReturnPeriod period, Sen2Layout layout)
    {
        (this.state, this.period) = (state, period);
        (mediation, tribunal) = (Words(layout.Rule("mediation")), Words(layout.Rule("tribunal")));
    }

    internal Decided Request { get; } = new();

    internal Decided Assessment { get; } = new();

    /// <summary>The mediation and appeals about the plan itself.</summary>
    internal Decided Other { get; } = new();

    /// <summary>Whether an assessment was begun and the family notified, either straight away or after a refusal was overturned.</summary>
    internal bool IsAssessed { get; private set; }

    /// <summary>Whether the council withdrew its own refusal, without mediation or the Tribunal.</summary>
    internal bool WithdrewRefusal { get; private set; }

    internal DateOnly? IssuedOn { get; private set; }

    /// <summary>
    /// Day from which the council no longer maintains the plan, and the reason: the plan ceased or was transferred to another council.
    /// Plans that ceased or were transferred up to census day are included.
    /// </summary>
    internal (DateOnly On, CeasingReason Reason)? Ceased { get; private set; }

    /// <summary>
    /// The place that the plan names on census day, or null if that is not known. A place that is named for an amended plan counts only
    /// once that plan has been finalised, and only from the first day at the place.
    /// </summary>
    internal PlacementSpan? Named { get; private set; }

    internal LocalAuthorityCode? PassedTo { get; private set; }

    internal EndOfYear Standing { get; private set; }

    /// <summary>Day on which the case reached the stage that it was at when the year ended.</summary>
    internal DateOnly? Since { get; private set; }

    internal static CaseHistory Of(AssessmentState state, IEnumerable<RecordedEvent> events, ReturnPeriod period, Sen2Layout layout)
    {
        var history = new CaseHistory(state, period, layout);
        var happened = CorrectedEvents.Of(events);
        happened.ForEach(history.Take);
        var named = PlacementHistory.Named(happened, state);
        history.Named = named.LastOrDefault(span => span.From <= period.Census) ?? (named.Count > 0 ? named[0] : null);
        return history;
    }

    private Decided Disputed => disputed ?? Other;

    private static HashSet<string> Words(string? value) => [.. (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private void Take(AssessmentEvent what)
    {
        switch (what)
        {
            case AssessmentAgreed agreed when agreed.On <= period.Last:
                First(Request, FirstOutcome.Yes, NoticeKind.WillAssess, EndOfYear.UnderWay, agreed.On);
                IsAssessed = Request.Outcome != FirstOutcome.Open;
                break;
            case AssessmentRefused refused when refused.On <= period.Last:
                First(Request, FirstOutcome.No, NoticeKind.WillNotAssess, EndOfYear.Refused, refused.On);
                disputed = Request;
                break;
            case RefusalReversed reversed when reversed.On <= period.Last:
                WithdrewRefusal = true;
                break;
            case PlanAgreed agreed when agreed.On <= period.Last:
                First(Assessment, FirstOutcome.Yes, null, EndOfYear.UnderWay, agreed.On);
                break;
            case PlanRefused refused when refused.On <= period.Last:
                First(Assessment, FirstOutcome.No, NoticeKind.NoPlan, EndOfYear.NoPlan, refused.On);
                disputed = Assessment;
                break;
            // The day of sending is taken from the case's state, which includes corrections. While a letter that did not arrive waits to be
            // sent again, the state has no such day, because the plan has not been sent to everybody.
            case FinalPlanSent when state.FinalPlanSentOn is { } on && on <= period.Last:
                Issued(on);
                break;
            case PlanTakenOver taken when taken.Plan.IssuedOn <= period.Last:
                Issued(taken.Plan.IssuedOn);
                break;
            case RequestWithdrawn withdrawn when withdrawn.On <= period.Last:
                End(withdrawn.On);
                break;
            case MovedToAnotherCouncil moved when IssuedOn is null && moved.MovedOn <= period.Last:
                PassedTo = moved.Council;
                End(moved.MovedOn);
                break;
            case DecisionReopened reopened when reopened.On <= period.Last:
                Stand(EndOfYear.UnderWay, reopened.On);
                break;
            case PlanCeased ceased when ceased.On <= period.Census:
                Ceased = (ceased.On, ceased.Reason);
                break;
            case ActRecorded { Done: { Act: Act.PlanHandedOn } done } when done.On <= period.Census:
                Ceased = (done.On, CeasingReason.Transferred);
                break;
            case MediationNoted noted when noted.On <= period.Last:
                mediated = noted.Step == MediationStep.CarriedOut ? mediated ?? Disputed : Disputed;
                mediated.Mediation |= mediation.Contains(noted.Step.ToString());
                break;
            case AppealNoted noted when noted.On <= period.Last:
                AppealOf(noted).Tribunal |= tribunal.Contains(noted.Step.ToString());
                break;
            default:
                break;
        }
    }

    // The decision to which a step of an appeal relates. If several appeals are under way, the step gives the number of its appeal.
    private Decided AppealOf(AppealNoted noted)
    {
        if (noted.Step == AppealStep.Registered)
        {
            appeals[noted.Appeal ?? appeals.Count + 1] = appealed = Disputed;
        }

        return noted.Appeal is { } number && appeals.TryGetValue(number, out var of) ? of : appealed ??= Disputed;
    }

    /// <summary>
    /// Records a first decision. If the family was notified only after the end of the year, the decision was still open in that year and is
    /// reported in the next return. If the date of notification is not known, the decision is included, and the missing date is an error that
    /// links to the form in which the date can be entered.
    /// </summary>
    private void First(Decided decision, FirstOutcome outcome, NoticeKind? told, EndOfYear standing, DateOnly on)
    {
        var day = told is { } kind ? ToldOn(kind) : null;
        if (decision.Outcome == FirstOutcome.Open && day > period.Last)
        {
            return;
        }

        Stand(standing, on);
        if (decision.Outcome == FirstOutcome.Open)
        {
            (decision.Outcome, decision.On) = (outcome, day);
        }
    }

    /// <summary>Day on which the first letter of the given kind was sent to the family member who is the first contact.</summary>
    private DateOnly? ToldOn(NoticeKind kind) => state.Notices.FirstOrDefault(n => n.Kind == kind && n.To == RecipientRole.Family && n.Person is null && n.Occasion is null)?.SentOn;

    private void Issued(DateOnly on)
    {
        IssuedOn ??= on;
        Stand(EndOfYear.PlanIssued, on);
        disputed = Other;
        if (Assessment.Outcome == FirstOutcome.Yes)
        {
            Assessment.On ??= on;
        }
    }

    private void End(DateOnly on)
    {
        Stand(EndOfYear.Withdrawn, on);

        // If a refusal was being reconsidered, the outcome of the request is still the refusal, and there was no assessment to withdraw.
        var undecided = Request.Outcome == FirstOutcome.Open ? Request : IsAssessed ? Assessment : null;
        if (undecided?.Outcome is FirstOutcome.Open or FirstOutcome.Yes && IssuedOn is null)
        {
            undecided.Outcome = FirstOutcome.Withdrawn;
        }
    }

    private void Stand(EndOfYear standing, DateOnly on) => (Standing, Since) = (standing, on);
}
