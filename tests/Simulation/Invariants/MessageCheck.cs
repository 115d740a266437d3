using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Every message that the hub acknowledged took effect once, as it was answered.</summary>
internal static class MessageCheck
{
    internal static void Compare(CaseFile file, Verdict verdict)
    {
        var id = file.Loaded.State.Id;
        var events = file.Events.Where(e => e.MessageId is not null).ToLookup(e => e.MessageId!, StringComparer.Ordinal);
        foreach (var message in file.Ledger.Messages.Values)
        {
            Ask(file, verdict, message, message.InTrail is { } under ? [.. events[under]] : []);
        }

        foreach (var cause in events.Where(e => file.Ledger.InTrail(e.Key) is null))
        {
            verdict.Holds(
                Invariant.MessagesTakeEffectOnce,
                cause.Key.EndsWith("/settled", StringComparison.Ordinal) && cause.First().By.Role == ActorRole.Hub && file.Effects.Any(e => $"{e.Effect.Id}/settled" == cause.Key),
                id,
                $"events follow from {cause.Key}, which nobody sent");
        }
    }

    private static void Ask(CaseFile file, Verdict verdict, Message message, List<RecordedEvent> events)
    {
        var id = file.Loaded.State.Id;
        var outcome = message.InTrail is { } under ? file.Outcomes.GetValueOrDefault(under) : null;
        if (outcome is null && message is { RefusedAtDoor: true } or { MaySayNothing: true })
        {
            verdict.Holds(Invariant.MessagesTakeEffectOnce, message.Acknowledged && events.Count == 0, id, $"{message.Id} was not for the case, and has {events.Count} events");
            return;
        }

        if (!verdict.Holds(Invariant.MessagesTakeEffectOnce, message.Acknowledged && outcome is not null, id, $"{message.Id} was acknowledged and never decided"))
        {
            return;
        }

        verdict.Holds(
            Invariant.MessagesTakeEffectOnce,
            message.Accepted is not { } told || (told == outcome!.Accepted && !message.AnsweredOtherwise),
            id,
            $"{message.Id} was answered {message.Accepted} and is on record as {outcome!.Accepted}");
        verdict.Holds(Invariant.MessagesTakeEffectOnce, outcome!.Accepted == events.Count > 0, id, $"{message.Id} was {(outcome.Accepted ? "accepted" : "refused")} and has {events.Count} events");
        verdict.Holds(
            Invariant.MessagesTakeEffectOnce,
            events.Count == 0 || (events[^1].Sequence - events[0].Sequence == events.Count - 1 && events.TrueForAll(e => e.At == events[0].At && e.By == events[0].By)),
            id,
            $"{message.Id} took effect more than once");
        if (outcome.Accepted)
        {
            var once = events.Count(e => Is(e.What, message));
            verdict.Holds(Invariant.MessagesTakeEffectOnce, once == 1, id, $"{message.Id} was to {message.Said} once, and did {once} times");
            verdict.Holds(
                Invariant.MessagesTakeEffectOnce,
                message.Said != IdentityMatch.Opened || events.Exists(e => e.What is AssessmentOpened opened && opened.Facts.ReceivedOn == file.Ledger.Person.Facts.ReceivedOn),
                id,
                $"the assessment was opened with another day than the family's");
            verdict.Holds(Invariant.MessagesTakeEffectOnce, message.Said != IdentityMatch.Acknowledged || TellsTheBodysDay(file, message, events), id, $"{message.Id}: the body's six weeks run from another day than it gave");
        }
    }

    /// <summary>The body's own day where it gave one; else the day on which the request reached it.</summary>
    private static bool TellsTheBodysDay(CaseFile file, Message message, List<RecordedEvent> events)
    {
        var on = events.Select(e => e.What).OfType<AdviceRequestMoved>().FirstOrDefault()?.ReceivedByBodyOn;
        return message.BodyReceivedOn is { } own ? on == own : on is not null && events.Count > 0 && on <= Calendar.Day(events[0].At);
    }

    private static bool Is(AssessmentEvent what, Message message) => message.Said switch
    {
        IdentityMatch.Opened => what is AssessmentOpened,
        IdentityMatch.Advised => what is AdviceReceived received && received.Advice.RequestId == message.Request,
        IdentityMatch.Retracted => what is AdviceRetracted retracted && retracted.AdviceId.StartsWith(message.Request + ".", StringComparison.Ordinal),
        IdentityMatch.Acknowledged => what is AdviceRequestMoved { To: RequestStatus.Acknowledged } moved && moved.RequestId == message.Request,
        IdentityMatch.Accepted => what is AdviceRequestMoved { To: RequestStatus.Accepted } moved && moved.RequestId == message.Request,
        IdentityMatch.Declined => what is AdviceRequestMoved { To: RequestStatus.Declined } moved && moved.RequestId == message.Request,
        _ => Leads(what, message.Id),
    };

    /// <summary>The event that a message of this id leads to, and no other of its events.</summary>
    private static bool Leads(AssessmentEvent what, string id) => id[..(id.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? dash : id.Length)] switch
    {
        "consulted" => what is FamilyConsulted,
        "decide" => what is AssessmentAgreed or AssessmentRefused,
        "withdraw" => what is RequestWithdrawn,
        "move" when id.StartsWith("move-open", StringComparison.Ordinal) => what is PlanTakenOver,
        "move" when id == "move-text" => what is PlanTextEntered,
        "move" when id.Length > "move-".Length => what is DocumentRecorded,
        "move" => what is MovedToAnotherCouncil,
        "return" => what is AdviceReturned,
        "replace" or "adulthood" => what is AdviceRequested,
        "pause" => what is ChasingPaused,
        "issue" => what is PlanAgreed or PlanRefused,
        "draft" or "final" => what is PlanPrepared,
        "post" or "misdate" => what is NoticeSent,
        "late" => what is AttentionResolved,
        "retry" => what is EffectRetried,
        "correct" => what is FactsCorrected,
        "except" => what is ExceptionClaimed or ExceptionEnded,
        "represent" => what is RepresentationsReceived,
        "consult" => what is InstitutionConsulted,
        "place" => what is InstitutionAnswered,
        "name" => what is PlacementNamed,
        "board" => what is IcbAnswered,
        "stand" => what is PlanFindingAccepted,
        "wish" => what is AdviserWished,
        "answer" => what is AdviserWishAnswered,
        "meeting" => what is MeetingAskedFor,
        "met" => what is MeetingHeld,
        "budget" => what is PersonalBudgetAskedFor,
        "settle" => what is PersonalBudgetSettled,
        "missed" => what is AppointmentMissed,
        "officer" => what is CaseOfficerAssigned,
        "link" => what is FamilyLinkIssued,
        "unlink" => what is FamilyLinkRevoked,
        "push" => what is ExistingAdviceProposed,
        "judge" => what is ExistingAdviceJudged,
        "mediation" => what is MediationNoted,
        "appeal" => what is AppealNoted,
        "reverse" => what is RefusalReversed,
        "tribunal" => what is TribunalDaySet,
        "recommended" => what is RecommendationReceived,
        "done" => what is ActRecorded,
        "replan" => what is DecidedOnPlan,
        "review" => what is ReviewArranged,
        "invite" => what is ReviewInvitationsSent,
        "papers" => what is ReviewPapersSent,
        "held" => what is PlanReviewMeetingHeld,
        "report" => what is ReviewReportSent,
        "conclude" => what is DecidedAfterReview,
        "amend" => what is PlanEdited,
        "propose" => what is AmendmentsProposed,
        "amended" => what is AmendmentEnded { Outcome: AmendmentOutcome.Amended },
        "kept" => what is AmendmentEnded { Outcome: AmendmentOutcome.NotAmended },
        "consider" => what is CeasingConsidered,
        "ceasing" => what is CeasingViewReceived,
        "cease" => what is DecidedOnCeasing,
        "transfer" => what is PhaseTransferRecorded,
        "leaving" => what is MovedToAnotherCouncil,
        "handed" => what is ActRecorded,
        "toldmove" => what is ActRecorded or SettledAfterTransfer,
        "address" => what is FactsCorrected,
        "consultall" => what is InstitutionConsulted asked && id.StartsWith($"consultall-{asked.Institution.Id.Code}-", StringComparison.Ordinal),
        "ceased" => what is PlanCeased,
        "reask" => what is ReassessmentAsked,
        "reassess" => what is ReassessmentAgreed or ReassessmentRefused,
        "icb" => what is IcbChanged,
        "icbsays" => what is IcbStatementReceived,
        "askpref" => what is TransferPreferenceAsked,
        "prefer" => what is TransferPreferenceAnswered,
        "budgetline" => what is BudgetDecided { Step.Kind: BudgetStepKind.Agreed or BudgetStepKind.Refused },
        "budgetchange" => what is BudgetDecided { Step.Kind: BudgetStepKind.Changed },
        "budgetanswer" => what is BudgetDecided { Step.Kind: BudgetStepKind.Answered },
        "payreview" => what is PaymentsReviewed,
        _ => false,
    };
}
