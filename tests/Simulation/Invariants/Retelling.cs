using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>A notice, as the audit trail tells of it.</summary>
internal sealed class ToldNotice
{
    internal required NoticeKind Kind { get; init; }
    internal required RecipientRole To { get; init; }
    internal required int? PlanVersion { get; set; }
    internal required int? Occasion { get; init; }
    internal required bool ByPost { get; init; }
    internal required DateOnly? Day { get; init; }
    internal required DateOnly? PlannedOn { get; init; }
    internal DateOnly? SentOn { get; set; }
    internal DateOnly? ServedOn { get; set; }
}

/// <summary>A request for advice, as the audit trail tells of it.</summary>
internal sealed class ToldRequest
{
    internal required AdviceKind Kind { get; init; }
    internal required AgencyId? Agency { get; init; }
    internal required bool IsBody { get; init; }
    internal required DateOnly RequestedOn { get; init; }

    /// <summary>The re-assessment for which it was made; null in the first assessment.</summary>
    internal required int? Reassessment { get; init; }

    internal DateOnly? ReceivedByBodyOn { get; set; }
    internal RequestStatus Status { get; set; }
    internal DateOnly StatusOn { get; set; }
    internal DateOnly? AnsweredOn { get; set; }
    internal List<DateOnly> Missed { get; } = [];
    internal Dictionary<string, ToldStep> Steps { get; } = new(StringComparer.Ordinal);

    internal bool IsOpen => Status is RequestStatus.Requested or RequestStatus.Delivered or RequestStatus.Acknowledged or RequestStatus.Accepted or RequestStatus.ReturnedInsufficient;
}

/// <summary>A step of the ladder, as the audit trail tells of it.</summary>
internal sealed record ToldStep(DateTimeOffset At, string ToRole, bool Told);

/// <summary>
/// The story of a case, told again from its events alone by code that shares nothing with the hub's own folding of them.
/// </summary>
internal sealed class Retelling
{
    internal DateOnly Received { get; private set; }
    internal bool NoElectronicService { get; private set; }

    /// <summary>The day after the last Friday in June of the school year of the sixteenth birthday: the young person holds the rights.</summary>
    internal DateOnly RightsPassOn { get; private set; }

    internal Stage Stage { get; private set; }
    internal DateOnly? ConsultedOn { get; private set; }
    internal bool? Assesses { get; private set; }
    internal DateOnly? AssessesOn { get; private set; }
    internal bool? Issues { get; private set; }
    internal DateOnly? EndedOn { get; private set; }
    internal DateOnly? FinalSentOn { get; private set; }
    internal DateOnly? PausedUntil { get; private set; }

    // Notices that are no longer due to their recipients, unless they were sent all the same.
    private readonly Dictionary<string, ToldNotice> ended = new(StringComparer.Ordinal);

    internal Dictionary<string, ToldNotice> Notices { get; } = new(StringComparer.Ordinal);
    internal Dictionary<string, ToldRequest> Requests { get; } = new(StringComparer.Ordinal);
    internal Dictionary<string, (Ground Ground, DateOnly From, DateOnly To)> Exceptions { get; } = new(StringComparer.Ordinal);
    internal Dictionary<AgencyId, (DateOnly On, DateOnly? AnsweredOn)> Institutions { get; } = [];
    internal List<(int Version, PlanKind Kind, string Hash)> Plans { get; } = [];
    internal Dictionary<int, string> Kept { get; } = [];

    /// <summary>The records of missed limits, as they name them.</summary>
    internal HashSet<string> Missed { get; } = new(StringComparer.Ordinal);

    /// <summary>The same by limit and the day that it was due.</summary>
    internal HashSet<(string Limit, DateOnly Due)> MissedLimits { get; } = [];

    /// <summary>What followed a disputed decision.</summary>
    internal ToldDispute Dispute { get; } = new();

    /// <summary>What became of the plan after it was issued.</summary>
    internal ToldLife Life { get; } = new();

    /// <summary>What happened to it apart from its reviews and amendments.</summary>
    internal ToldLater Later { get; } = new();

    internal bool IsDisputed => Dispute.Steps > 0 || Dispute.ReversedOn is not null || Dispute.Recommended.Count > 0;

    /// <summary>The council gave its refusal up by itself, conceded too late for reg 45, or decided otherwise when the Tribunal sent the case back.</summary>
    internal bool GivenUp => Dispute.ReversedOn is not null || Dispute.ConcededTooLate
        || (Assesses == true && Dispute.Appeal.ContainsKey(AppealStep.Ordered) && !Dispute.Remedies.Exists(r => r.Remedy == Remedy.Assess));

    /// <summary>A refusal to assess, if there was one, no longer stands.</summary>
    internal bool AssessmentRegained => Assesses == true || GivenUp || Dispute.Remedies.Exists(r => r.Remedy == Remedy.Assess);

    internal HashSet<string> FailedEffects { get; } = new(StringComparer.Ordinal);

    internal bool Ended => Stage is Stage.PlanIssued or Stage.RefusedToAssess or Stage.NoPlan or Stage.Withdrawn or Stage.Moved;

    /// <summary>Whether whoever was asked is reminded: while the assessment runs, or the re-assessment for which they were asked.</summary>
    internal bool IsChased(ToldRequest request) => request.Reassessment is { } round ? Later.Round == round : Stage is Stage.Assessing or Stage.Drafting or Stage.Consulting;

    internal DateOnly? DraftServedOn => Plans.LastOrDefault(p => p.Kind == PlanKind.Draft) is { Version: > 0 } draft
        ? Notices.Values.FirstOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == draft.Version)?.ServedOn
        : null;

    internal DateOnly? SentToFamily(NoticeKind kind) => Notices.Values.LastOrDefault(n => n.Kind == kind && n.To == RecipientRole.Family)?.SentOn;

    /// <summary>Whether such a notice was ever called for.</summary>
    internal bool WasTold(NoticeKind kind) => Notices.Values.Any(n => n.Kind == kind);

    /// <summary>The first day since another on which the family had been sent such a notice.</summary>
    internal DateOnly? ToldFamily(NoticeKind kind, DateOnly from) =>
        Notices.Values.Where(n => n.Kind == kind && n.To == RecipientRole.Family && n.SentOn >= from).Min(n => n.SentOn);

    /// <summary>The same, where a plan has to go to the institution and the board as well: the day of the last of them.</summary>
    internal DateOnly? ToldAll(NoticeKind kind, DateOnly from) => kind is NoticeKind.FinalPlan or NoticeKind.AmendedPlan
        ? Notices.Values.Where(n => n.Kind == kind).GroupBy(n => (n.PlanVersion, n.Occasion))
            .Where(all => all.All(n => n.SentOn is not null) && all.Max(n => n.SentOn) >= from).Min(all => all.Max(n => n.SentOn))
        : ToldFamily(kind, from);

    /// <summary>The limit that a record of a miss is about; the record names it with the day that it was due.</summary>
    internal static string LimitOf(LimitMissed missed) => missed.Limit.Split('@')[0];

    /// <summary>Whether a notice was not sent before another recipient took its recipient's place.</summary>
    internal bool IsNoLongerDue(NoticeKind kind, int occasion) => ended.Values.Any(n => n.Kind == kind && n.Occasion == occasion);

    /// <summary>Takes in one event.</summary>
    internal void Hear(RecordedEvent recorded)
    {
        Dispute.Hear(recorded.What);
        Life.Hear(recorded.What);
        Later.Hear(recorded.What, this);
        switch (recorded.What)
        {
            case AssessmentOpened e: Opened(e.Facts); Stage = Stage.Considering; break;
            case FactsCorrected e: Opened(e.Facts); break;
            case FamilyConsulted e: ConsultedOn ??= e.On; break;
            case NoticePlanned e: Planned(e.Notice); break;
            case NoticePlanSet e: Notices[e.NoticeId].PlanVersion = e.Version; break;
            case NoticeEnded e when Notices.Remove(e.NoticeId, out var noLongerDue): ended[e.NoticeId] = noLongerDue; break;
            case NoticeSent e when ended.Remove(e.NoticeId, out var underWay):
                (underWay.SentOn, underWay.ServedOn) = (e.SentOn, e.ServedOn);
                Notices[e.NoticeId] = underWay;
                break;
            case NoticeSent e: (Notices[e.NoticeId].SentOn, Notices[e.NoticeId].ServedOn) = (e.SentOn, e.ServedOn); break;
            case AssessmentAgreed e: (Stage, Assesses, AssessesOn, EndedOn) = (Stage.Assessing, true, e.On, null); break;
            case AssessmentRefused e: (Stage, Assesses, AssessesOn, EndedOn) = (Stage.RefusedToAssess, false, e.On, e.On); break;
            case PlanAgreed: (Stage, Issues, EndedOn) = (Stage.Drafting, true, null); break;
            case PlanRefused e: (Stage, Issues, EndedOn) = (Stage.NoPlan, false, e.On); break;
            case DecisionReopened e: (Stage, Assesses, Issues, EndedOn) = (e.At, e.At == Stage.Considering ? null : Assesses, null, null); break;
            case RequestWithdrawn e: (Stage, EndedOn) = (Stage.Withdrawn, e.On); break;
            case PlanTakenOver e: (Stage, FinalSentOn) = (Stage.PlanIssued, e.Plan.IssuedOn); break;
            case PlanTextEntered e: Plans.Add((e.Document.Version, e.Document.Kind, e.ContentHash)); break;
            case MovedToAnotherCouncil when Stage == Stage.PlanIssued: break;
            case MovedToAnotherCouncil e: (Stage, EndedOn) = (Stage.Moved, e.MovedOn); break;
            case FinalPlanSent e: (Stage, FinalSentOn) = (Stage.PlanIssued, e.On); break;
            case AdviceRequested e: Asked(e.Request); break;
            case AdviceRequestMoved e: Moved(e); break;
            case AppointmentMissed e: Requests[e.RequestId].Missed.Add(e.On); break;
            case ChaseStepTaken e: Requests[e.RequestId].Steps[e.Step] = new ToldStep(recorded.At, e.ToRole, e.Told); break;
            case ExceptionClaimed e: Exceptions[e.Exception.Id] = (e.Exception.Ground, e.Exception.From, e.Exception.To); break;
            case ExceptionEnded { EndedOn: { } end } e: Exceptions[e.ExceptionId] = Exceptions[e.ExceptionId] with { To = end }; break;
            case ExceptionEnded e: Exceptions.Remove(e.ExceptionId); break;
            case LimitMissed e: Missed.Add(e.Limit); MissedLimits.Add((LimitOf(e), e.Due)); break;
            case PlanPrepared e: Prepared(e); break;
            case PlanKept e: Kept[e.Version] = e.Where; break;
            case InstitutionConsulted e: Institutions[e.Institution.Id] = (e.On, null); break;
            case InstitutionAnswered e: Institutions[e.Institution] = Institutions[e.Institution] with { AnsweredOn = e.On }; break;
            case ChasingPaused e: PausedUntil = e.Until; break;
            case ChasingResumed: PausedUntil = null; break;
            case EffectFailed e: FailedEffects.Add(e.Failure.EffectId); break;
        }
    }

    /// <summary>Last day of a request's six weeks; until the body is known to have it, counted from the day it was asked.</summary>
    internal static DateOnly DueOf(ToldRequest request) => (request.ReceivedByBodyOn ?? request.RequestedOn).AddDays(42);

    /// <summary>The local day of an event.</summary>
    internal static DateOnly DayOf(RecordedEvent recorded) => Calendar.Day(recorded.At);

    private void Opened(OpeningFacts facts) =>
        (Received, NoElectronicService, RightsPassOn) = (facts.ReceivedOn, facts.Family.ElectronicServiceAgreedOn is null, AfterSchoolAge(facts.Child.DateOfBirth));

    private static DateOnly AfterSchoolAge(DateOnly born)
    {
        var day = new DateOnly(born.Year + (born.Month >= 9 ? 17 : 16), 6, 30);
        while (day.DayOfWeek != DayOfWeek.Friday)
        {
            day = day.AddDays(-1);
        }

        return day.AddDays(1);
    }

    private void Planned(Notice notice) => Notices[notice.Id] = new ToldNotice
    {
        Kind = notice.Kind,
        To = notice.To,
        PlanVersion = notice.PlanVersion,
        Occasion = notice.Occasion,
        Day = notice.Day,
        PlannedOn = notice.PlannedOn,
        ByPost = notice.To == RecipientRole.Family && NoElectronicService,
    };

    private void Asked(AdviceRequest request) => Requests[request.Id] = new ToldRequest
    {
        Kind = request.Kind,
        Agency = request.Agency?.Id,
        // CFA 2014 s31: NHS bodies here; schools, colleges and the council's own services are none.
        IsBody = request.Agency?.Id.Value.StartsWith("ods:", StringComparison.Ordinal) == true,
        RequestedOn = request.RequestedOn,
        Reassessment = request.Reassessment,
        StatusOn = request.RequestedOn,
    };

    private void Moved(AdviceRequestMoved e)
    {
        var request = Requests[e.RequestId];
        request.Status = e.To;
        request.StatusOn = e.On;
        request.ReceivedByBodyOn = e.ReceivedByBodyOn ?? request.ReceivedByBodyOn;
        request.AnsweredOn = e.To == RequestStatus.Received ? e.On : request.AnsweredOn;
    }

    private void Prepared(PlanPrepared e)
    {
        Plans.Add((e.Document.Version, e.Document.Kind, e.ContentHash));
        Stage = e.Document.Kind switch { PlanKind.Draft => Stage.Consulting, PlanKind.Final => Stage.Finalising, _ => Stage };
    }
}
