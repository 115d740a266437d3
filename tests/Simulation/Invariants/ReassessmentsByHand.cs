using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Re-assessments from the words of the regulations: whoever asked is answered within 15 days (reg 25(1)); the finalised plan goes to the family, the
/// institution and the ICB within 14 weeks of that notice, or of the council's own decision (reg 27(2)), relieved by what relieves a first plan
/// (reg 27(3)); none is due once it stays as it is.
/// </summary>
internal static class ReassessmentsByHand
{
    private const int DaysToAnswer = 15;
    private const int DaysToPlan = 14 * 7;

    /// <summary>The limits of the last re-assessment.</summary>
    internal static IEnumerable<HandLimit> Of(Retelling story)
    {
        if (story.Later.Reassessments is not [.., var last])
        {
            yield break;
        }

        if (last.AskedOn is { } asked)
        {
            yield return new HandLimit("reassessDecision", asked.AddDays(DaysToAnswer), "") { From = asked };
        }

        if (BeganOn(story, last) is { } began)
        {
            var due = began.AddDays(DaysToPlan);
            yield return new HandLimit("reassessFinalPlan", due, LimitsByHand.Relief(story, began, due, null, closures: true)) { From = began };
        }
    }

    /// <summary>Whether somebody has still to meet a limit, and when it was met; null for one of another kind.</summary>
    internal static (bool Open, DateOnly? MetOn)? Standing(HandLimit limit, Retelling story)
    {
        if (limit.Key is not ("reassessDecision" or "reassessFinalPlan") || story.Later.Reassessments is not [.., var last])
        {
            return null;
        }

        var ceased = story.Life.CeasedOn is not null;
        var met = limit.Key == "reassessDecision" ? Notice(story, last)?.SentOn : SentOn(story, last);
        return (met is null && !ceased && !(limit.Key == "reassessFinalPlan" && last.Ended is { Amend: false }), met);
    }

    /// <summary>The day from which the 14 weeks run; null where it was not agreed, or nobody was told yet.</summary>
    internal static DateOnly? BeganOn(Retelling story, ToldReassessment one) => !one.Agreed ? null : one.AskedOn is null ? one.DecidedOn : Notice(story, one)?.SentOn;

    /// <summary>Each that was asked for is there and was answered; each that was agreed ended; and everybody was told.</summary>
    internal static void Check(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (all, kept) = (story.Later.Reassessments, file.Loaded.State.Reassessment);
        holds(
            Invariant.TrailIsWhole,
            all is [.., var told] ? (kept?.AskedOn, kept?.DecidedOn, kept?.Agreed) == (told.AskedOn, told.DecidedOn, told.Agreed) : kept is null,
            "the trail and the state differ in the re-assessment");
        var accepted = file.Ledger.Messages.Values.Count(m => m is { Accepted: true } && (m.Id.StartsWith("reask-", StringComparison.Ordinal) || m.Id.StartsWith("reassess-", StringComparison.Ordinal)));
        var onRecord = file.Events.Count(e => e.What is ReassessmentAsked or ReassessmentAgreed or ReassessmentRefused);
        holds(Invariant.EveryReassessmentEnds, onRecord == accepted, FormattableString.Invariant($"{accepted} requests and decisions to re-assess were recorded, the trail has {onRecord}"));
        holds(Invariant.EveryReassessmentEnds, story.Later.RefusedToBoard == 0, "the council refused what the new ICB asked for, with which it must comply");
        Advised(file, story, holds);
        var over = story.Life.CeasedOn is not null || story.Life.HandedOn is not null;
        for (var n = 0; n < all.Count; n++)
        {
            var (one, number) = (all[n], FormattableString.Invariant($"re-assessment {n + 1}"));
            holds(Invariant.EveryReassessmentEnds, one.DecidedOn is not null || over, $"the request for {number} was never answered");
            holds(Invariant.EveryReassessmentEnds, one.DecidedOn is null || Notice(story, one)?.SentOn >= one.DecidedOn || (over && Notice(story, one) is not null), $"the family was not told of the decision on {number}");
            holds(Invariant.EveryReassessmentEnds, !one.Agreed || one.Ended is not null || over, $"{number} was agreed and never ended");
            holds(
                Invariant.EveryReassessmentEnds,
                over || one.Ended is not { } ended || (ended.Amend ? SentOn(story, one) is not null : story.ToldFamily(NoticeKind.NoChange, ended.On) is not null),
                $"not everybody was told how {number} ended");
        }
    }

    /// <summary>
    /// Each that was decided or ordered while none ran has a round in which everybody was asked on that day: the family, the school, the doctor, the psychologist,
    /// social care (reg 26 with reg 6(1)).
    /// </summary>
    private static void Advised(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var rounds = story.Later.Rounds;
        holds(Invariant.ReassessmentsAreAdvised, story.Later.Strayed.Count == 0, $"answers stand in another round than their own: {string.Join(' ', story.Later.Strayed)}");
        holds(Invariant.ReassessmentsAreAdvised, rounds.Count == Begun(file, story), FormattableString.Invariant($"advice was asked for {rounds.Count} times, for {Begun(file, story)} re-assessments"));
        foreach (var round in rounds)
        {
            var name = FormattableString.Invariant($"re-assessment {round.Number}");
            var missing = Everyone.Where(kind => !round.Asked.Contains((kind, round.BegunOn))).ToList();
            holds(Invariant.ReassessmentsAreAdvised, missing.Count == 0, $"in {name} nobody was asked for {string.Join(", ", missing)} on its day");
            holds(
                Invariant.ReassessmentsAreAdvised,
                round.EndedOn is null || story.Requests.Values.All(r => r.Reassessment != round.Number || !r.IsOpen),
                $"{name} has ended, and somebody is still asked");
            holds(Invariant.ReassessmentsAreAdvised, round == rounds[^1] || round.EndedOn is not null, $"{name} runs beside a later one");
        }
    }

    /// <summary>How often a re-assessment began while none ran and the plan was kept here.</summary>
    private static int Begun(CaseFile file, Retelling story)
    {
        var (begun, runs, here) = (0, false, story.Life.Taken is not null);
        foreach (var e in file.Events)
        {
            switch (e.What)
            {
                case FinalPlanSent: here = true; break;
                case PlanCeased or ActRecorded { Done.Act: Orchestrations.StatutoryClock.Act.PlanHandedOn }: (here, runs) = (false, false); break;
                case DecidedOnPlan: runs = false; break;
                case (ReassessmentAgreed or AppealNoted { Remedy: Remedy.Reassess } or MediationNoted { Remedy: Remedy.Reassess }) when here && !runs: (begun, runs) = (begun + 1, true); break;
            }
        }

        return begun;
    }

    private static readonly AdviceKind[] Everyone = [AdviceKind.FamilyViews, AdviceKind.Educational, AdviceKind.Medical, AdviceKind.Psychological, AdviceKind.SocialCare];

    /// <summary>The notice to the family of the decision.</summary>
    private static ToldNotice? Notice(Retelling story, ToldReassessment one) => one.DecidedOn is not { } on ? null
        : story.Notices.Values.FirstOrDefault(n => n.Kind == (one.Agreed ? NoticeKind.WillReassess : NoticeKind.WillNotReassess) && n.To == RecipientRole.Family && n.PlannedOn >= on);

    /// <summary>The day on which the last of the family, the institution and the ICB was sent the plan that was amended after it.</summary>
    private static DateOnly? SentOn(Retelling story, ToldReassessment one) => one.Ended is not { Amend: true, On: var decided } ? null
        : story.Notices.Values.Where(n => n.Kind == NoticeKind.AmendedPlan).GroupBy(n => (n.PlanVersion, n.Occasion))
            .Where(all => all.All(n => n.SentOn is not null) && all.Max(n => n.SentOn) >= decided && all.Select(n => n.To).Distinct().Count() == Everybody)
            .Min(all => all.Max(n => n.SentOn));

    private const int Everybody = 3;
}
