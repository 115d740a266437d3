using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>The first decision on one question; a later reversal does not change it.</summary>
internal enum FirstOutcome
{
    Open,
    Yes,
    No,
    Withdrawn,
}

/// <summary>Where a case stood at the end of the year that a return covers.</summary>
internal enum EndOfYear
{
    UnderWay,
    PlanIssued,
    Refused,
    NoPlan,
    Withdrawn,
}

/// <summary>What happened to a decision.</summary>
internal sealed class Decided
{
    internal FirstOutcome Outcome { get; set; }

    /// <summary>Day on which the family was told; null where it was not told, or there is no decision.</summary>
    internal DateOnly? On { get; set; }

    internal bool Mediation { get; set; }

    internal bool Tribunal { get; set; }
}

/// <summary>
/// What a return reports about one case, read from its events up to the end of the year. The first decision stays; mediation or an appeal
/// about it is marked by a flag on that decision.
/// </summary>
internal sealed class CaseHistory
{
    private readonly AssessmentState state;
    private readonly ReturnPeriod period;
    private readonly HashSet<string> mediation;
    private readonly HashSet<string> tribunal;
    private Decided? disputed;

    private CaseHistory(AssessmentState state, ReturnPeriod period, Sen2Layout layout)
    {
        (this.state, this.period) = (state, period);
        (mediation, tribunal) = (Words(layout.Rule("mediation")), Words(layout.Rule("tribunal")));
    }

    internal Decided Request { get; } = new();

    internal Decided Assessment { get; } = new();

    /// <summary>Disputes about the plan itself.</summary>
    internal Decided Other { get; } = new();

    internal DateOnly? IssuedOn { get; private set; }

    internal LocalAuthorityCode? PassedTo { get; private set; }

    internal EndOfYear Standing { get; private set; }

    /// <summary>Day on which it reached that standing.</summary>
    internal DateOnly? Since { get; private set; }

    internal static CaseHistory Of(AssessmentState state, IEnumerable<RecordedEvent> events, ReturnPeriod period, Sen2Layout layout)
    {
        var history = new CaseHistory(state, period, layout);
        foreach (var happened in events)
        {
            history.Take(happened.What);
        }

        return history;
    }

    private static HashSet<string> Words(string? value) => [.. (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private void Take(AssessmentEvent what)
    {
        switch (what)
        {
            case AssessmentAgreed agreed when agreed.On <= period.Last:
                First(Request, FirstOutcome.Yes, NoticeKind.WillAssess, EndOfYear.UnderWay, agreed.On);
                disputed = null;
                break;
            case AssessmentRefused refused when refused.On <= period.Last:
                First(Request, FirstOutcome.No, NoticeKind.WillNotAssess, EndOfYear.Refused, refused.On);
                disputed = Request;
                break;
            case PlanAgreed agreed when agreed.On <= period.Last:
                First(Assessment, FirstOutcome.Yes, null, EndOfYear.UnderWay, agreed.On);
                break;
            case PlanRefused refused when refused.On <= period.Last:
                First(Assessment, FirstOutcome.No, NoticeKind.NoPlan, EndOfYear.NoPlan, refused.On);
                disputed = Assessment;
                break;
            case FinalPlanSent sent when sent.On <= period.Last:
                Issued(sent.On);
                break;
            case PlanTakenOver taken when taken.Plan.IssuedOn <= period.Last:
                Issued(taken.Plan.IssuedOn);
                break;
            case RequestWithdrawn withdrawn when withdrawn.On <= period.Last:
                End(withdrawn.On);
                break;
            case MovedToAnotherCouncil moved when moved.MovedOn <= period.Last:
                PassedTo = moved.Council;
                End(moved.MovedOn);
                break;
            case DecisionReopened reopened when reopened.On <= period.Last:
                Stand(EndOfYear.UnderWay, reopened.On);
                break;
            case MediationNoted noted when noted.On <= period.Last && mediation.Contains(noted.Step.ToString()):
                (disputed ?? Other).Mediation = true;
                break;
            case AppealNoted noted when noted.On <= period.Last && tribunal.Contains(noted.Step.ToString()):
                (disputed ?? Other).Tribunal = true;
                break;
            default:
                break;
        }
    }

    private void First(Decided decision, FirstOutcome outcome, NoticeKind? told, EndOfYear standing, DateOnly on)
    {
        Stand(standing, on);
        if (decision.Outcome == FirstOutcome.Open)
        {
            decision.Outcome = outcome;
            decision.On = told is { } kind && ToldOn(kind) is { } day && day <= period.Last ? day : null;
        }
    }

    /// <summary>Day on which the family's first contact was sent the first letter of the kind.</summary>
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
        var undecided = Request.Outcome == FirstOutcome.Open ? Request : Assessment;
        if (undecided.Outcome is FirstOutcome.Open or FirstOutcome.Yes && IssuedOn is null)
        {
            undecided.Outcome = FirstOutcome.Withdrawn;
        }
    }

    private void Stand(EndOfYear standing, DateOnly on) => (Standing, Since) = (standing, on);
}
