using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// No day on record precedes the fact that it rests on, or lies after the day on which it was recorded. It keeps the days of the trail
/// by itself and asks nothing of the hub's own rules.
/// </summary>
internal sealed class DateCheck(AssessmentId id, Verdict verdict)
{
    private readonly Dictionary<string, DateOnly> days = new(StringComparer.Ordinal);

    internal void Hear(RecordedEvent recorded)
    {
        var today = Retelling.DayOf(recorded);
        void After(DateOnly? day, string what, params ReadOnlySpan<string> facts)
        {
            if (day is not { } on)
            {
                return;
            }

            verdict.Holds(Invariant.DatesAreInOrder, on <= today, id, $"{what} on {on:yyyy-MM-dd} was recorded on {today:yyyy-MM-dd}, before it happened");
            foreach (var fact in facts)
            {
                var known = days.TryGetValue(fact, out var its);
                verdict.Holds(Invariant.DatesAreInOrder, !known || on >= its, id, $"{what} is of {on:yyyy-MM-dd}, before {fact} of {its:yyyy-MM-dd}");
            }
        }

        void Remember(string fact, DateOnly? day)
        {
            if (day is { } on)
            {
                days[fact] = on;
            }
        }

        switch (recorded.What)
        {
            case AssessmentOpened e: Opened(e.Facts); break;
            case FactsCorrected e: Opened(e.Facts); break;
            case FamilyConsulted e: After(e.On, "the consultation", Request); break;
            case AssessmentAgreed e: After(e.On, "the decision", Request); break;
            case AssessmentRefused e: After(e.On, "the decision", Request); Remember(Refusal, e.On); break;
            case PlanRefused e: After(e.On, "the decision on a plan", Request); Remember(Refusal, e.On); break;
            case PlanAgreed e: After(e.On, "the decision on a plan", Request); Remember(Plan, e.On); break;
            case NoticePlanned e: Remember(e.Notice.Id, e.Notice.Kind is NoticeKind.AssessmentConsidered or NoticeKind.RequestAcknowledged ? days[Request] : today); break;
            case NoticeSent e: Sent(e); break;
            case AdviceRequested e: After(e.Request.RequestedOn, e.Request.Id, Request); Remember(e.Request.Id, e.Request.RequestedOn); break;
            case AdviceRequestMoved e: After(e.ReceivedByBodyOn, "the arrival of a request", e.RequestId); Remember($"{e.RequestId} with its body", e.ReceivedByBodyOn); break;
            case AppointmentMissed e: After(e.On, "an appointment", $"{e.RequestId} with its body"); break;
            case AdviceReceived e: After(e.Advice.ReceivedOn, "advice", e.Advice.RequestId ?? Request); After(e.Advice.Content.WrittenOn, "the writing of advice", Birth); break;
            case ExceptionClaimed e: Remember(e.Exception.Id, e.Exception.From); InOrder(e.Exception.From, e.Exception.To); break;
            case ExceptionEnded { EndedOn: { } end } e: InOrder(days[e.ExceptionId], end); break;
            case PlanPrepared e: After(e.Document.PreparedOn, "a plan", Plan); Remember(Version(e.Document.Version), e.Document.PreparedOn); days.TryAdd(Draft, e.Document.PreparedOn); break;
            case RepresentationsReceived e: After(e.On, "representations", Version(e.Version), $"draftPlan-{e.Version}-family with them"); break;
            case MeetingAskedFor e: After(e.On, "the wish for a meeting", Draft, "draftPlan-1-family with them"); Remember("meeting", e.On); break;
            case MeetingHeld e: After(e.On, "the meeting", "meeting"); break;
            case InstitutionConsulted e: After(e.On, "a consultation", Draft); Remember(e.Institution.Id.Value, e.On); break;
            case InstitutionAnswered e: After(e.On, "an institution's answer", e.Institution.Value); break;
            case IcbAnswered e: Answered(e); break;
            case PersonalBudgetAskedFor e: After(e.On, "the wish for a budget", Plan); Remember("budget", e.On); break;
            case PersonalBudgetSettled e: After(e.Settlement.On, "a budget", "budget"); break;
            case FinalPlanSent e: After(e.On, "the final plan's sending", Version(e.Version)); break;
            case RequestWithdrawn e: After(e.On, "the withdrawal", Request); break;
            case MediationNoted e: After(e.On, "a step of mediation", Request, Mediated(e.Step)); days.TryAdd($"mediation {e.Step}", e.On); break;
            case AppealNoted e: After(e.On, "a step of the appeal", Request, Registered); days.TryAdd(Registered, e.On); break;
            case RefusalReversed e: After(e.On, "the reversal", Refusal); break;
            case RecommendationReceived e: After(e.ReceivedOn, "a recommendation", Registered); Remember("the recommendation", e.ReceivedOn); break;
            case TribunalDaySet e: After(e.On, "a direction", Request); break;
            case ActRecorded e: After(e.Done.On, "what was done", e.Done.Act switch { Act.AppealAnswered => Registered, Act.PlanHandedOn => Move, _ => Request }); break;
            case DecidedOnPlan e: After(e.On, "the decision on the plan", Plan); break;
            case ReviewArranged: days.Remove(Meeting); break;
            case ReviewInvitationsSent e: After(e.On, "the invitations", Plan); break;
            case ReviewPapersSent e: After(e.On, "the papers", Plan); break;
            case PlanReviewMeetingHeld e: After(e.On, "the review meeting", Plan); Remember(Meeting, e.On); break;
            case ReviewReportSent e: After(e.SentOn, "the report", Meeting); break;
            case DecidedAfterReview e: After(e.On, "the decision after the review", Meeting); Remember(e.Decision == ReviewChoice.Cease ? Ceasing : Decision, e.On); break;
            case AmendmentsProposed e: After(e.Amendment.ProposedOn, "the proposal", Plan); Remember(Proposal, e.Amendment.ProposedOn); break;
            case AmendmentEnded e: After(e.On, "the end of a proposal", Proposal); break;
            case CeasingConsidered e: After(e.On, "considering to cease the plan", Plan); Remember(Considered, e.On); break;
            case CeasingViewReceived e: After(e.On, "a view on ceasing", Considered); break;
            case DecidedOnCeasing e: After(e.On, "the decision on ceasing", Considered); Remember(Ceasing, e.On); break;
            case PhaseTransferRecorded e: After(e.PreferenceAskedOn, "asking which institution the family prefers", Plan); break;
            case PlanCeased e: After(e.On, "the end of the plan", Ceasing); break;
            case ReassessmentAsked e: After(e.On, "a request to re-assess", Plan); Remember(Reassessment, e.On); break;
            case ReassessmentAgreed { AskedOn: not null } e: After(e.On, "the decision to re-assess", Reassessment); break;
            case ReassessmentAgreed e: After(e.On, "the decision to re-assess", Plan); break;
            case ReassessmentRefused e: After(e.On, "the refusal to re-assess", Reassessment); break;
            case IcbChanged e: After(e.On, "the change of ICB", Plan, Board); After(e.AwareOn, "knowing of the change of ICB", Birth); Remember(Board, e.On); break;
            case IcbStatementReceived e: After(e.On, "the word of the new ICB", Plan); After(e.AwareOn, "the new ICB's knowing of it", Birth); InOrder(e.AwareOn, e.On); break;
            case TransferPreferenceAnswered e: After(e.On, "the answer which institution is preferred", Preference); break;
            case BudgetDecided { Step: var step }: Budget(step); break;
            case PaymentsReviewed e: After(e.On, "a review of direct payments", Paid); break;
            case PlanTakenOver e: After(e.Plan.IssuedOn, "the issue of the plan", Birth); After(e.Plan.LastReviewedOn, "its last review"); Remember(Plan, e.Plan.IssuedOn); break;
            case MovedToAnotherCouncil e when days.ContainsKey(Plan): After(e.BecameAwareOn, "knowing of the move", Request); Remember(Move, e.BecameAwareOn); break;
            case MovedToAnotherCouncil e: After(e.MovedOn, "the move", Request); break;
        }

        void Opened(OpeningFacts facts)
        {
            Remember(Birth, facts.Child.DateOfBirth);
            After(facts.ReceivedOn, Request, Birth);
            Remember(Request, facts.ReceivedOn);
        }

        void Budget(BudgetStep step)
        {
            After(step.On, "a decision on the budget", Plan);
            After(step.AskedOn, "what was asked about the budget", step.Kind == BudgetStepKind.Answered ? $"decision {step.About} on the budget" : Request);
            Remember(FormattableString.Invariant($"decision {step.Number} on the budget"), step.On);
            if (step is { Kind: BudgetStepKind.Agreed, Form: Orchestrations.Plans.PersonalBudgetForm.DirectPayment or Orchestrations.Plans.PersonalBudgetForm.Mixed } && !(days.TryGetValue(Paid, out var first) && first <= step.From))
            {
                Remember(Paid, step.From);
            }
        }

        void Sent(NoticeSent e)
        {
            if (e.NoticeId.StartsWith("preferenceAsked-", StringComparison.Ordinal))
            {
                Remember(Preference, e.SentOn);
            }

            After(e.SentOn, $"the sending of {e.NoticeId}", Request, e.NoticeId);
            InOrder(e.SentOn, e.ServedOn);
            Remember($"{e.NoticeId} with them", e.Channel == NoticeChannel.Post ? e.SentOn : e.ServedOn);
        }

        // An agreement is carried over, with its day, to a draft that is issued again with the same words.
        void Answered(IcbAnswered e)
        {
            After(e.On, "the board's answer", days.TryGetValue("board", out var before) && before == e.On ? Draft : Version(e.Version));
            Remember("board", e.On);
        }

        void InOrder(DateOnly from, DateOnly to) =>
            verdict.Holds(Invariant.DatesAreInOrder, to >= from, id, $"a period from {from:yyyy-MM-dd} ends on {to:yyyy-MM-dd}");
    }

    private const string Birth = "the birth";
    private const string Request = "the request";
    private const string Plan = "the decision to issue a plan";
    private const string Draft = "the draft";

    private const string Registered = "the registration of the appeal";
    private const string Refusal = "the refusal";
    private const string Move = "knowing of the move";
    private const string Meeting = "the review meeting";
    private const string Decision = "the decision after the review";
    private const string Proposal = "the proposal";
    private const string Considered = "considering to cease the plan";
    private const string Ceasing = "the decision to cease the plan";
    private const string Reassessment = "the request to re-assess";
    private const string Board = "the change of ICB before";
    private const string Preference = "the letter that asks which institution is preferred";
    private const string Paid = "the first direct payment";

    private static string Mediated(MediationStep step) => step switch
    {
        MediationStep.HealthIssuesPassed => $"mediation {MediationStep.HealthIssuesRaised}",
        MediationStep.NotArranged or MediationStep.Ended or MediationStep.Agreed => $"mediation {MediationStep.Wanted}",
        MediationStep.CarriedOut => $"mediation {MediationStep.Agreed}",
        _ => Request,
    };

    private static string Version(int version) => FormattableString.Invariant($"version {version}");
}
