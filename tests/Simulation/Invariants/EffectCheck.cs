using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>What an effect does, in words that two different effects never share.</summary>
public static class EffectWords
{
    /// <summary>The words.</summary>
    public static string Of(Effect effect) => effect switch
    {
        SendAdviceRequest e => $"request {e.RequestId} {e.Agency}",
        SendReminder e => $"reminder {e.RequestId} {e.Agency} {e.Step}",
        SendEscalation e => $"escalation {e.RequestId} {e.Agency} {e.Step} {e.ToRole}",
        SendWithdrawal e => $"withdrawal {e.RequestId} {e.Agency}",
        SendCorrection e => $"correction {e.RequestId} {e.Agency}",
        ReturnAdviceToAuthor e => $"return {e.RequestId} {e.Agency}",
        SendNotice e => $"notice {e.NoticeId}",
        StorePlan e => FormattableString.Invariant($"plan {e.Version}"),
        PublishStatus e => $"status {e.Stage}",
        RemindOfDuty e => $"duty {e.Limit} {e.Step} {e.ToRole}",
        _ => effect.GetType().Name,
    };
}

/// <summary>Every effect that the story calls for was decided, happened once outside, and nothing else did.</summary>
/// <param name="story">The story.</param>
/// <param name="moved">The case began with a plan that another council handed on: nothing is sent with its opening.</param>
internal sealed class EffectCheck(Retelling story, bool moved)
{
    private readonly List<string> expected = [];
    private readonly List<string> byHand = [];
    private readonly HashSet<string> askedOfPeople = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> failed = new(StringComparer.Ordinal);

    /// <summary>What an event calls for; asked after the story has heard it.</summary>
    internal void Hear(AssessmentEvent what)
    {
        switch (what)
        {
            case AssessmentOpened when !moved: Status(); break;
            case PlanTextEntered e: Expect(FormattableString.Invariant($"plan {e.Document.Version}")); break;
            case NoticePlanned e when IsSentByPeople(e.Notice): byHand.Add($"post-{e.Notice.Id}"); break;
            case NoticePlanned e: Expect($"notice {e.Notice.Id}"); break;
            case NoticePlanSet e when !story.Notices[e.NoticeId].ByPost: Expect($"notice {e.NoticeId}"); break;
            case AttentionRequested e: askedOfPeople.Add(e.Attention.Id); break;
            case AssessmentAgreed or AssessmentRefused or PlanAgreed or PlanRefused or FinalPlanSent or RequestWithdrawn or DecisionReopened: Status(); break;
            case MovedToAnotherCouncil when story.Stage == Stage.Moved: Status(); break;
            case DutyChased { Told: true } e: Expect($"duty {e.Limit} {e.Step} {e.ToRole}"); break;
            case AdviceRequested { Request.Agency: { } agency } e: Expect($"request {e.Request.Id} {agency.Id}"); break;
            case AdviceRequestMoved { To: RequestStatus.Withdrawn } e when story.Requests[e.RequestId].Agency is { } agency: Expect($"withdrawal {e.RequestId} {agency}"); break;
            case AdviceReturned e when RequestOf(e.AdviceId) is var id && story.Requests[id].Agency is { } agency: Expect($"return {id} {agency}"); break;
            case ChaseStepTaken { Told: true } e when story.Requests[e.RequestId].Agency is { } agency: Expect(Chased(e, agency)); break;
            case PlanPrepared e:
                Expect(FormattableString.Invariant($"plan {e.Document.Version}"));
                if (e.Document.Kind == Contracts.Plans.PlanKind.Final || story.Plans.Count == 1)
                {
                    Status();
                }

                break;
            case EffectFailed e: failed[e.Failure.EffectId] = EffectWords.Of(e.Failure.Effect); break;
            case EffectRetried e: Expect(failed[e.EffectId]); break;
        }
    }

    internal void Compare(CaseFile file, Verdict verdict)
    {
        var id = file.Loaded.State.Id;
        var decided = file.Effects.Select(e => EffectWords.Of(e.Effect.Effect)).ToList();
        var (missing, tooMany) = Difference(expected, decided);
        verdict.Holds(Invariant.EffectsHappenOnce, missing.Count == 0, id, $"never decided: {string.Join("; ", missing)}");
        verdict.Holds(Invariant.EffectsHappenOnce, tooMany.Count == 0, id, $"decided without a cause: {string.Join("; ", tooMany)}");
        verdict.Holds(Invariant.EffectsHappenOnce, byHand.TrueForAll(askedOfPeople.Contains), id, $"nobody is asked to send: {string.Join("; ", byHand.Where(notice => !askedOfPeople.Contains(notice)))}");
        verdict.Holds(Invariant.EffectsHappenOnce, file.Effects.DistinctBy(e => e.Effect.Id).Count() == file.Effects.Count, id, $"two effects have the same id");

        var known = file.Effects.DistinctBy(e => e.Effect.Id).ToDictionary(e => e.Effect.Id, StringComparer.Ordinal);
        foreach (var (effectId, happening) in file.Ledger.Happened)
        {
            verdict.Holds(
                Invariant.EffectsHappenOnce,
                known.TryGetValue(effectId, out var record) && EffectWords.Of(record.Effect.Effect) == happening.What && !happening.Changed,
                id,
                $"{effectId} happened outside as [{happening.What}], the hub has it as [{(known.TryGetValue(effectId, out var other) ? EffectWords.Of(other.Effect.Effect) : "nothing")}]");
        }

        foreach (var record in file.Effects.Where(e => e.End == EffectOutcome.Done))
        {
            // Nobody is asked or chased for what has come or was withdrawn meanwhile, or sent a notice that is no longer due.
            var spared = (record.Effect.Effect, record.LastDetail) is
                (SendAdviceRequest or ReturnAdviceToAuthor or SendReminder or SendEscalation, "settled meanwhile") or (SendNotice, "no longer due");
            // What a person has tried again goes out under the id it had at first.
            verdict.Holds(Invariant.EffectsHappenOnce, spared || file.Ledger.HasHappened(record.Effect.Effect.Repeats ?? record.Effect.Id), id, $"{record.Effect.Id} is done, and never happened");
        }
    }

    /// <summary>
    /// People post letters, write what goes with an amended plan that they put together elsewhere, and decide on a letter about rights that passed
    /// over a month ago, for instance while the case was closed.
    /// </summary>
    private bool IsSentByPeople(Notice notice) => story.Notices[notice.Id].ByPost
        || notice is { Kind: NoticeKind.AmendedPlan, PlanVersion: null }
        || (notice.Kind is NoticeKind.RightsPassedOn or NoticeKind.RightsAreYours && notice.PlannedOn > story.RightsPassOn.AddDays(31));

    private static (List<string> Missing, List<string> TooMany) Difference(List<string> expected, List<string> found)
    {
        var missing = new List<string>(expected);
        var tooMany = found.Where(f => !missing.Remove(f)).ToList();
        return (missing, tooMany);
    }

    private static string RequestOf(string adviceId) => adviceId[..adviceId.LastIndexOf('.')];

    private string Chased(ChaseStepTaken e, Contracts.Identifiers.AgencyId agency)
    {
        // A reminder goes to the one asked; whoever else is told is told that somebody is late.
        var reminds = e.Step.StartsWith("remind", StringComparison.Ordinal) || e.Step.StartsWith("insufficient-remind", StringComparison.Ordinal) || e.Step.StartsWith("declined-remind", StringComparison.Ordinal);
        return reminds ? $"reminder {e.RequestId} {agency} {e.Step}" : $"escalation {e.RequestId} {agency} {e.Step} {e.ToRole}";
    }

    private void Status() => Expect($"status {story.Stage}");

    private void Expect(string effect) => expected.Add(effect);
}
