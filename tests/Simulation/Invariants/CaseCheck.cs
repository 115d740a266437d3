using System.Security.Cryptography;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Asks every invariant of one case that is over. Shares no code with the hub's decisions: it reads events and works out the rest.</summary>
public static class CaseCheck
{
    /// <summary>The verdict on a case, and its story for the report.</summary>
    internal static Verdict Of(CaseFile file, Retelling story)
    {
        var verdict = new Verdict();
        var id = file.Loaded.State.Id;
        var limits = new LimitCheck(id, story, verdict, file.Lateness);
        var chase = new ChaseCheck(id, story, verdict, file.Lateness);
        var duties = new DutyCheck(id, story, limits, verdict, file.Lateness);
        var effects = new EffectCheck(story, file.Ledger.Person.From is not null);
        var dates = new DateCheck(id, verdict);
        var content = new ContentCheck(file.Ledger, MoveCheck.Entered(file), verdict);
        var letters = new LetterCheck(file.Ledger, verdict);
        var events = file.Events;
        for (var n = 0; n < events.Count;)
        {
            var at = events[n].At;
            var overdue = limits.OverdueAt(at);
            for (; n < events.Count && events[n].At == at; n++)
            {
                InOrder(file, verdict, n);
                switch (events[n].What)
                {
                    case LimitMissed missed: limits.Recorded(missed, at); break;
                    case DutyChased taken: duties.Taken(taken, at); break;
                    case ChaseStepTaken taken: chase.Taken(taken, at); break;
                    case PlanPrepared prepared: Whole(verdict, id, prepared); break;
                }

                dates.Hear(events[n]);
                story.Hear(events[n]);
                content.Hear(events[n]);
                letters.Hear(events[n]);
                effects.Hear(events[n].What);
            }

            // A clock that was set back shows the hub an earlier morning again: what it has taken it does not take twice.
            var next = n < events.Count ? events[n].At : file.Now;
            limits.After(overdue, at, next);
            chase.After(at, next);
            duties.After(at, next);
        }

        LimitCheck.Compare(file, story, verdict);
        effects.Compare(file, verdict);
        content.Compare(file.Loaded.State);
        letters.Compare();
        LifeCheck.Compare(file, story, verdict);
        MoveCheck.Compare(file, verdict);
        MessageCheck.Compare(file, verdict);
        DoorCheck.Compare(file, verdict);
        Plans(file, story, verdict);
        Told(file, story, verdict);
        LeftOver(file, verdict);
        return verdict;
    }

    private static void InOrder(CaseFile file, Verdict verdict, int n)
    {
        var (id, recorded) = (file.Loaded.State.Id, file.Events[n]);
        verdict.Holds(Invariant.TrailIsWhole, recorded.Sequence == n + 1, id, $"event {n + 1} has the number {recorded.Sequence}");
        verdict.Holds(Invariant.TrailIsWhole, n == 0 || recorded.At >= file.Events[n - 1].At - file.ClockSteps, id, $"event {n + 1} is older than the one before it");
        verdict.Holds(Invariant.TrailIsWhole, recorded.By.Id.Length > 0 && (recorded.MessageId is not null || recorded.By.Role == ActorRole.Hub), id, $"event {n + 1} does not say who caused it");
        verdict.Holds(Invariant.TrailIsWhole, n == 0 == recorded.What is AssessmentOpened, id, $"event {n + 1} opens an assessment that is open, or the first does not");
        verdict.Holds(Invariant.TrailIsWhole, DayIn(recorded.What) is not { } day || day == Calendar.Day(recorded.At), id, $"event {n + 1} has another day than the one on which it happened");
    }

    /// <summary>The day that an event gives itself, where it is always the day on which it happens.</summary>
    private static DateOnly? DayIn(AssessmentEvent what) => what switch
    {
        AssessmentAgreed e => e.On,
        AssessmentRefused e => e.On,
        PlanAgreed e => e.On,
        PlanRefused e => e.On,
        AdviceReceived e => e.Advice.ReceivedOn,
        AdviceRequested e => e.Request.RequestedOn,
        AdviceReturned e => e.On,
        PlanPrepared e => e.Document.PreparedOn,
        DecidedAfterReview e => e.On,
        AmendmentsProposed e => e.Amendment.ProposedOn,
        AmendmentEnded e => e.On,
        CeasingConsidered e => e.On,
        DecidedOnCeasing e => e.On,
        ReassessmentAgreed e => e.On,
        ReassessmentRefused e => e.On,
        IcbRequestCarriedOut e => e.On,
        BudgetDecided e => e.Step.On,
        _ => null,
    };

    private static void Whole(Verdict verdict, Contracts.Identifiers.AssessmentId id, PlanPrepared prepared)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(PlanJson.Canonical(prepared.Document)));
        verdict.Holds(Invariant.OneCurrentPlan, hash == prepared.ContentHash && prepared.Document.Assessment == id, id, $"version {prepared.Document.Version} of the plan is not what its hash says");
    }

    private static void Plans(CaseFile file, Retelling story, Verdict verdict)
    {
        var (id, state) = (file.Loaded.State.Id, file.Loaded.State);
        verdict.Holds(
            Invariant.OneCurrentPlan,
            story.Plans.Select(p => p.Version).SequenceEqual(Enumerable.Range(1, story.Plans.Count)) && state.Plans.Count == story.Plans.Count && (state.NewestPlan?.Version ?? 0) == story.Plans.Count,
            id,
            $"the versions are {string.Join(' ', story.Plans.Select(p => p.Version))}, the current one is {state.NewestPlan?.Version}");
        verdict.Holds(
            Invariant.OneCurrentPlan,
            (story.Plans.Count(p => p.Kind == PlanKind.Final) == (state.Stage is Stage.PlanIssued or Stage.Finalising ? 1 : 0) || (state.Stage == Stage.Withdrawn && state.EndedNotices.Any(n => n.Kind == NoticeKind.FinalPlan))) && (state.Stage != Stage.PlanIssued || LifeCheck.IsInForce(story)),
            id,
            $"a case that stands at {state.Stage} has {story.Plans.Count(p => p.Kind == PlanKind.Final)} final plans");
        verdict.Holds(
            Invariant.OneCurrentPlan,
            story.Plans.Count == file.Ledger.Shelf.Count && story.Plans.TrueForAll(p => file.Ledger.Shelf.GetValueOrDefault(p.Version) == p.Hash && story.Kept.ContainsKey(p.Version)),
            id,
            $"what was kept is not what was prepared");
    }

    private static void Told(CaseFile file, Retelling story, Verdict verdict)
    {
        var (id, state) = (file.Loaded.State.Id, file.Loaded.State);
        bool Same(bool same, string what) => verdict.Holds(Invariant.TrailIsWhole, same, id, $"the trail and the state differ in {what}");
        Same(state.Version == file.Events.Count, "the number of events");
        Same(state.Stage == story.Stage, "the stage");
        Same(state.Facts?.ReceivedOn == story.Received && state.ConsultedOn == story.ConsultedOn, "the facts");
        Same(state.AssessDecision?.Yes == story.Assesses && state.PlanDecision?.Yes == story.Issues && state.FinalPlanSentOn == story.FinalSentOn, "the decisions");
        Same(state.Requests.Count == story.Requests.Count && state.Requests.All(r => story.Requests.TryGetValue(r.Id, out var told) && IsSame(r, told)), "the requests");
        Same(state.Notices.Count == story.Notices.Count && state.Notices.All(n => story.Notices.TryGetValue(n.Id, out var told) && told.SentOn == n.SentOn && told.ServedOn == n.ServedOn), "the notices");
        Same(state.MissedLimits.ToHashSet(StringComparer.Ordinal).SetEquals(story.Missed) && state.MissedLimits.Count == story.Missed.Count, "the missed limits");
        Same(state.Appeal.Count + state.Mediation.Count == story.Dispute.Steps && state.RefusalReversedOn == story.Dispute.ReversedOn && state.Acts.Count == story.Dispute.Acts.Count, "the dispute");
        Same(state.Exceptions.Count(e => !e.TakenBack) == story.Exceptions.Count, "the exceptions");
        Same(state.Advice.Count == file.Events.Count(e => e.What is AdviceReceived), "the advice");
    }

    private static bool IsSame(AdviceRequest request, ToldRequest told) =>
        request.Status == told.Status && request.ReceivedByBodyOn == told.ReceivedByBodyOn && request.Agency?.Id == told.Agency && request.ChaseSteps.Count == told.Steps.Count;

    private static void LeftOver(CaseFile file, Verdict verdict)
    {
        var id = file.Loaded.State.Id;
        verdict.Holds(Invariant.NothingIsLeftOver, file.Loaded.Inbox.Count == 0, id, $"{file.Loaded.Inbox.Count} messages wait in the inbox");
        verdict.Holds(Invariant.NothingIsLeftOver, file.Effects.All(e => e.End is not null), id, $"effects wait: {string.Join(' ', file.Effects.Where(e => e.End is null).Select(e => e.Effect.Id))}");
        verdict.Holds(Invariant.NothingIsLeftOver, !(file.Loaded.WakeAt <= file.Now), id, $"a wake-up of {file.Loaded.WakeAt:yyyy-MM-dd HH:mm} was slept through");
    }
}
