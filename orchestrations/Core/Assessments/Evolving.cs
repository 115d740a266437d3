using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

public static partial class Assessment
{
    /// <summary>
    /// The state after an event. Total and without judgement: an event is a fact, so it is never refused here, and events of old
    /// assessments are read by today's code.
    /// </summary>
    public static AssessmentState Evolve(AssessmentState state, AssessmentEvent happened) => Apply(state, happened) with { Version = state.Version + 1 };

    /// <summary>The state after all of these events.</summary>
    public static AssessmentState Replay(AssessmentState state, IEnumerable<AssessmentEvent> events) => events.Aggregate(state, Evolve);

    private static AssessmentState Apply(AssessmentState s, AssessmentEvent happened) => happened switch
    {
        AssessmentOpened e => s with { Facts = e.Facts, Stage = Stage.Considering, Advisers = e.Facts.Advisers },
        FactsCorrected e => s with { Facts = e.Facts },
        FamilyConsulted e => s with { ConsultedOn = s.ConsultedOn ?? e.On },
        CaseOfficerAssigned e => s with { CaseOfficer = e.Officer },
        KeyWorkerAssigned e => s with { KeyWorker = e.KeyWorker },
        NoticePlanned e => s with { Notices = With(s.Notices, e.Notice) },
        NoticeSent e => s with { Notices = Change(s.Notices, n => n.Id == e.NoticeId, n => n with { SentOn = e.SentOn, ServedOn = e.ServedOn, Channel = e.Channel }) },
        AssessmentAgreed e => s with { Stage = Stage.Assessing, AssessDecision = new MadeDecision(true, e.On, e.Reasons), EndedOn = null },
        AssessmentRefused e => s with { Stage = Stage.RefusedToAssess, AssessDecision = new MadeDecision(false, e.On, e.Reasons), EndedOn = e.On },
        PlanAgreed e => s with { Stage = Stage.Drafting, PlanDecision = new MadeDecision(true, e.On, e.Reasons), EndedOn = null },
        PlanRefused e => s with { Stage = Stage.NoPlan, PlanDecision = new MadeDecision(false, e.On, e.Reasons), EndedOn = e.On },
        RequestWithdrawn e => s with { Stage = Stage.Withdrawn, EndedOn = e.On },
        MovedToAnotherCouncil e => s with { Stage = Stage.Moved, EndedOn = e.MovedOn },
        FinalPlanSent e => s with { Stage = Stage.PlanIssued, FinalPlanSentOn = e.On },

        AdviserNamed e => s with { Advisers = [.. s.Advisers.Where(a => a.Kind != e.Kind), new NamedAdviser(e.Kind, e.Agency)] },
        AdviceRequested e => s with { Requests = With(s.Requests, e.Request) },
        AdviceRequestMoved e => s with { Requests = Change(s.Requests, r => r.Id == e.RequestId, r => Move(r, e)) },
        AdviceReceived e => s with { Advice = With(s.Advice, e.Advice) },
        AdviceReturned e => s with { Advice = Change(s.Advice, a => a.Id == e.AdviceId, a => a with { Returned = true }) },
        AdviserWished e => s with { Wishes = With(s.Wishes, new AdviserWish(e.WishId, e.Agency, e.Reason, null, null)) },
        AdviserWishAnswered e => s with { Wishes = Change(s.Wishes, w => w.Id == e.WishId, w => w with { Asked = e.Ask, Answer = e.Reason }) },
        ExistingAdviceProposed e => s with { Existing = With(s.Existing, e.Advice) },
        ExistingAdviceJudged e => s with { Existing = Change(s.Existing, x => x.Id == e.ExistingId, x => Judge(x, e)) },
        ExistingAdviceReliedOn e => s with { Existing = Change(s.Existing, x => x.Id == e.ExistingId, x => x with { ReliedOn = true }) },
        AppointmentMissed e => s with { Requests = Change(s.Requests, r => r.Id == e.RequestId, r => r with { MissedAppointments = With(r.MissedAppointments, e.On) }) },
        ChaseStepTaken e => s with { Requests = Change(s.Requests, r => r.Id == e.RequestId, r => r with { ChaseSteps = With(r.ChaseSteps, e.Step) }) },

        ExceptionClaimed e => s with { Exceptions = With(s.Exceptions, e.Exception) },
        ExceptionEnded e => s with
        {
            Exceptions = Change(s.Exceptions, x => x.Id == e.ExceptionId, x => e.EndedOn is { } end ? x with { To = end } : x with { TakenBack = true }),
        },
        DelayExplained => s,
        LimitMissed e => s with { MissedLimits = With(s.MissedLimits, e.Limit) },

        PlanEdited e => s with { Edits = With(s.Edits, e.Edit) },
        PlanFindingAccepted e => s with { AcceptedFindings = With(s.AcceptedFindings, e.Finding) },
        PlanPrepared e => s with
        {
            Stage = e.Document.Kind == PlanKind.Draft ? Stage.Consulting : Stage.Finalising,
            NewestPlan = e.Document,
            Plans = With(s.Plans, new PlanVersion(e.Document.Version, e.Document.Kind, e.Document.PreparedOn, e.ContentHash, null)),
        },
        PlanKept e => s with { Plans = Change(s.Plans, p => p.Version == e.Version, p => p with { KeptAt = e.Where, ManifestHash = e.ManifestHash }) },
        PlanRead or PushedAssessmentSettled => s,
        FamilyEvidenceReceived e => s with { FamilyEvidence = With(s.FamilyEvidence, e.Evidence) },
        RepresentationsReceived e => s with { Representations = With(s.Representations, new Representation(e.Version, e.On, e.Text, e.RequestedInstitution)) },
        MeetingAskedFor e => s with { MeetingAskedOn = s.MeetingAskedOn ?? e.On },
        MeetingHeld e => s with { MeetingHeldOn = e.On },
        InstitutionConsulted e => s with { Institutions = With(s.Institutions, new ConsultedInstitution(e.Institution, e.On, null, null, null)) },
        InstitutionAnswered e => s with
        {
            Institutions = Change(
                s.Institutions, i => i.Institution.Id == e.Institution, i => i with { AnsweredOn = e.On, CanMeetNeeds = e.CanMeetNeeds, Reasons = e.Reasons }),
        },
        IcbAnswered e => s with { IcbAnswer = e },
        PersonalBudgetAskedFor e => s with { BudgetAskedOn = s.BudgetAskedOn ?? e.On },
        PersonalBudgetSettled e => s with { Budget = e.Settlement },
        PlacementNamed e => s with { Placement = e },

        MediationNoted e => s with { Mediation = With(s.Mediation, e) },
        AppealNoted e => s with { Appeal = With(s.Appeal, e) },
        AttentionAsked e => s with { Attention = With(s.Attention, e.Attention) },
        AttentionResolved e => s with
        {
            Attention = [.. s.Attention.Where(a => a.Id != e.AttentionId)],
            FailedEffects = s.FailedEffects.Count == 0 ? s.FailedEffects : [.. s.FailedEffects.Where(f => Effects.AttentionId(f.EffectId) != e.AttentionId)],
        },

        EffectFailed e => s with { FailedEffects = With(s.FailedEffects, e.Failure) },
        EffectRetried e => s with { FailedEffects = [.. s.FailedEffects.Where(f => f.EffectId != e.EffectId)] },
        EffectAbandoned e => s with { FailedEffects = [.. s.FailedEffects.Where(f => f.EffectId != e.EffectId)] },
        RemindedByHand e => s with { Requests = Change(s.Requests, r => r.Id == e.RequestId, r => r with { RemindedByHandOn = e.On }) },
        RequestSentAgain e => s with { Requests = Change(s.Requests, r => r.Id == e.RequestId, r => r with { SentAgainOn = e.On }) },
        ChasingPaused e => s with { ChasingPausedUntil = e.Until },
        ChasingResumed => s with { ChasingPausedUntil = null },
        FamilyLinkIssued e => s with { FamilyLinks = With(s.FamilyLinks, new FamilyLink(e.LinkId, e.On, e.ExpiresOn, false)) },
        FamilyLinkRevoked e => s with { FamilyLinks = Change(s.FamilyLinks, l => l.Id == e.LinkId, l => l with { Revoked = true }) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no rule in Evolve."),
    };

    private static AdviceRequest Move(AdviceRequest request, AdviceRequestMoved to) => request with
    {
        Status = to.To,
        StatusOn = to.On,
        StatusReason = to.Reason,
        ReceivedByBodyOn = to.ReceivedByBodyOn ?? request.ReceivedByBodyOn,
    };

    private static ExistingAdvice Judge(ExistingAdvice existing, ExistingAdviceJudged said) => said.Agrees
        ? existing with { AgreedBy = With(existing.AgreedBy, said.Party) }
        : existing with { RefusedBy = said.Party };

    // Arrays of just the right length: states are held by the ten thousand, and a list keeps room for as many again.
    private static T[] With<T>(IReadOnlyList<T> items, T added)
    {
        var all = new T[items.Count + 1];
        for (var n = 0; n < items.Count; n++)
        {
            all[n] = items[n];
        }

        all[^1] = added;
        return all;
    }

    private static T[] Change<T>(IReadOnlyList<T> items, Func<T, bool> which, Func<T, T> change)
    {
        var changed = new T[items.Count];
        for (var n = 0; n < changed.Length; n++)
        {
            changed[n] = which(items[n]) ? change(items[n]) : items[n];
        }

        return changed;
    }
}
