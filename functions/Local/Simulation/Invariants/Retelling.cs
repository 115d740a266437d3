using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Simulation.Invariants;

/// <summary>A notice, as the audit trail tells of it.</summary>
internal sealed class ToldNotice
{
    internal required NoticeKind Kind { get; init; }
    internal required RecipientRole To { get; init; }
    internal required int? PlanVersion { get; init; }
    internal required bool ByPost { get; init; }
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
    internal Stage Stage { get; private set; }
    internal DateOnly? ConsultedOn { get; private set; }
    internal bool? Assesses { get; private set; }
    internal DateOnly? AssessesOn { get; private set; }
    internal bool? Issues { get; private set; }
    internal DateOnly? EndedOn { get; private set; }
    internal DateOnly? FinalSentOn { get; private set; }
    internal DateOnly? PausedUntil { get; private set; }
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

    internal HashSet<string> FailedEffects { get; } = new(StringComparer.Ordinal);

    internal bool Ended => Stage is Stage.PlanIssued or Stage.RefusedToAssess or Stage.NoPlan or Stage.Withdrawn or Stage.Moved;

    internal bool IsChased => Stage is Stage.Assessing or Stage.Drafting or Stage.Consulting;

    internal DateOnly? DraftServedOn => Plans.LastOrDefault(p => p.Kind == PlanKind.Draft) is { Version: > 0 } draft
        ? Notices.Values.FirstOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.PlanVersion == draft.Version)?.ServedOn
        : null;

    internal DateOnly? SentToFamily(NoticeKind kind) => Notices.Values.LastOrDefault(n => n.Kind == kind && n.To == RecipientRole.Family)?.SentOn;

    /// <summary>The limit that a record of a miss is about; the record names it with the day that it was due.</summary>
    internal static string LimitOf(LimitMissed missed) => missed.Limit.Split('@')[0];

    /// <summary>Takes in one event.</summary>
    internal void Hear(RecordedEvent recorded)
    {
        switch (recorded.What)
        {
            case AssessmentOpened e: Opened(e.Facts); Stage = Stage.Considering; break;
            case FactsCorrected e: Opened(e.Facts); break;
            case FamilyConsulted e: ConsultedOn ??= e.On; break;
            case NoticePlanned e: Planned(e.Notice); break;
            case NoticeSent e: (Notices[e.NoticeId].SentOn, Notices[e.NoticeId].ServedOn) = (e.SentOn, e.ServedOn); break;
            case AssessmentAgreed e: (Stage, Assesses, AssessesOn, EndedOn) = (Stage.Assessing, true, e.On, null); break;
            case AssessmentRefused e: (Stage, Assesses, AssessesOn, EndedOn) = (Stage.RefusedToAssess, false, e.On, e.On); break;
            case PlanAgreed: (Stage, Issues) = (Stage.Drafting, true); break;
            case PlanRefused e: (Stage, Issues, EndedOn) = (Stage.NoPlan, false, e.On); break;
            case RequestWithdrawn e: (Stage, EndedOn) = (Stage.Withdrawn, e.On); break;
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

    private void Opened(OpeningFacts facts) => (Received, NoElectronicService) = (facts.ReceivedOn, facts.Family.ElectronicServiceAgreedOn is null);

    private void Planned(Notice notice) => Notices[notice.Id] = new ToldNotice
    {
        Kind = notice.Kind,
        To = notice.To,
        PlanVersion = notice.PlanVersion,
        ByPost = notice.To == RecipientRole.Family && NoElectronicService,
    };

    private void Asked(AdviceRequest request) => Requests[request.Id] = new ToldRequest
    {
        Kind = request.Kind,
        Agency = request.Agency?.Id,
        // CFA 2014 s31: NHS bodies here; schools, colleges and the council's own services are none.
        IsBody = request.Agency?.Id.Value.StartsWith("ods:", StringComparison.Ordinal) == true,
        RequestedOn = request.RequestedOn,
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
        Stage = e.Document.Kind == PlanKind.Draft ? Stage.Consulting : Stage.Finalising;
    }
}
