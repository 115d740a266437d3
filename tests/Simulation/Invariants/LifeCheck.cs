using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>What must hold of a plan's life: no review is lost, everybody hears of each decision, one version is in force, and no plan ends before its time.</summary>
internal static class LifeCheck
{
    /// <summary>The last version is the final plan or an amended one, and each amended one came after the final plan.</summary>
    internal static bool IsInForce(Retelling story)
    {
        var final = story.Plans.FindIndex(p => p.Kind == PlanKind.Final);
        return final >= 0 && story.Plans.Skip(final + 1).All(p => p.Kind == PlanKind.AmendedFinal) && story.Plans.Take(final).All(p => p.Kind == PlanKind.Draft);
    }

    internal static void Compare(CaseFile file, Retelling story, Verdict verdict)
    {
        var (state, life) = (file.Loaded.State, story.Life);
        if (file.Ledger.Person.Years == 0 || story.FinalSentOn is null)
        {
            return;
        }

        bool Whole(Invariant invariant, bool holds, string what) => verdict.Holds(invariant, holds, state.Id, $"{what}");
        Whole(Invariant.TrailIsWhole, state.Reviews.Count == life.Reviews.Count && life.Reviews.TrueForAll(told => IsSame(state.Reviews[told.Number - 1], told)), "the trail and the state differ in the reviews");
        Whole(
            Invariant.TrailIsWhole,
            state.Amendments.Count == life.Amendments.Count && life.Amendments.TrueForAll(told => state.Amendments[told.Number - 1] is var kept && kept.Outcome == told.Outcome && kept.Version == told.Version && kept.Review == told.Review),
            "the trail and the state differ in the amendments");
        Whole(Invariant.TrailIsWhole, state.Ceasing?.CeasedOn == life.CeasedOn, "the trail and the state differ in whether the plan has ceased");
        Reviews(file, story, verdict);
        Versions(story, Whole);
        Told(story, Whole);
        Ceased(story, Whole);
        TransfersByHand.Check(file, story, Whole);
        PreferencesByHand.Check(file, story, Whole);
        ReassessmentsByHand.Check(file, story, Whole);
        BoardsByHand.Check(file, story, Whole);
        BudgetsByHand.Check(file, story, Whole);
    }

    private static bool IsSame(PlanReview kept, ToldReview told) => (kept.Number, kept.MeetingOn, kept.InvitedOn, kept.PapersSentOn, kept.HeldOn, kept.ReportSentOn, kept.Decided, kept.DecidedOn)
        == (told.Number, told.MeetingOn, told.InvitedOn, told.PapersOn, told.HeldOn, told.ReportOn, told.Decided, told.DecidedOn);

    /// <summary>Each review that was accepted is there, was decided, and was followed by the next until the plan ceased or the simulated years were over.</summary>
    private static void Reviews(CaseFile file, Retelling story, Verdict verdict)
    {
        var (id, life) = (file.Loaded.State.Id, story.Life);
        var accepted = file.Ledger.Messages.Values.Count(m => IsArrangement(m.Id) && m.Accepted == true);
        verdict.Holds(Invariant.NoReviewIsLost, life.Reviews.Count == accepted, id, $"{accepted} reviews were arranged, the trail has {life.Reviews.Count}");
        verdict.Holds(Invariant.NoReviewIsLost, life.Reviews.TrueForAll(r => r is { HeldOn: not null, ReportOn: not null, DecidedOn: not null } || life.CeasedOn is not null || (life.HandedOn is not null && r == life.Current)), id, $"a review was never finished");
        for (var n = 0; n < life.Reviews.Count; n++)
        {
            var review = life.Reviews[n];
            if (life.HandedOn is not null && review == life.Current)
            {
                // What was under way when the plan was handed on, the other council begins anew.
                continue;
            }

            verdict.Holds(Invariant.NoReviewIsLost, LifeByHand.ToldOn(story, review) is { } told && told >= review.DecidedOn, id, $"nobody was told what was decided after review {review.Number}");
            verdict.Holds(Invariant.NoReviewIsLost, (review.Decided == ReviewChoice.Amend) == life.Amendments.Exists(a => a.Review == review.Number), id, $"review {review.Number} ended with {review.Decided}, and its amendments do not fit");
        }

        // Whoever was not reviewed within the year stands on record; a plan that is alive has a day for its next review.
        var running = file.Limits.Any(l => l.Limit.RuleKey is "annualReview" or "firstReview" or "transferReview" && l.Limit.Due >= (LifeByHand.LastReviewed(story) ?? story.FinalSentOn));
        verdict.Holds(Invariant.NoReviewIsLost, life.CeasedOn is not null || life.HandedOn is not null || running, id, $"a plan that is maintained has no day for its next review");
    }

    private static bool IsArrangement(string message) => message.StartsWith("review-", StringComparison.Ordinal) && !message.EndsWith("-moved", StringComparison.Ordinal);

    /// <summary>Each amendment that was finished made one version, the next of the chain, and nothing else did.</summary>
    private static void Versions(Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var amended = story.Life.Amendments.Where(a => a.Outcome == AmendmentOutcome.Amended).Select(a => a.Version).ToList();
        holds(Invariant.OneCurrentPlan, story.Plans.Where(p => p.Kind == PlanKind.AmendedFinal).Select(p => p.Version).SequenceEqual(amended), "the amended versions are not those of the amendments");
        holds(Invariant.OneCurrentPlan, story.Plans.DistinctBy(p => p.Hash).Count() == story.Plans.Count, "two versions of the plan are the same text");
        holds(Invariant.OneCurrentPlan, story.Life.Amendments.Count(a => a.Outcome is null) <= 1, "two proposals are open at the same time");
    }

    /// <summary>Regs 20(10), 22(2)-(4), 28 and 31(1)-(2): who is told of what.</summary>
    private static void Told(Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var life = story.Life;
        foreach (var review in life.Reviews.Where(r => r.Decided == ReviewChoice.Keep))
        {
            holds(Invariant.EverybodyHearsOfThePlan, Have(story, NoticeKind.PlanKeptAfterReview, null, review.Number, RecipientRole.Family, RecipientRole.NamedInstitution), $"not everybody was told that review {review.Number} keeps the plan");
        }

        // What was open when the plan was handed on is the other council's.
        foreach (var amendment in life.Amendments.Where(a => life.HandedOn is null || a.Outcome is not null))
        {
            var occasion = amendment.Notice == NoticeKind.PlanToBeAmended ? amendment.Review : amendment.Number;
            holds(Invariant.EverybodyHearsOfThePlan, Have(story, amendment.Notice, null, occasion, RecipientRole.Family), $"the family was not told of proposal {amendment.Number}");
            var told = amendment.Outcome switch
            {
                AmendmentOutcome.Amended => Have(story, NoticeKind.AmendedPlan, amendment.Version, null, RecipientRole.Family, RecipientRole.NamedInstitution, RecipientRole.Icb),
                AmendmentOutcome.NotAmended => Have(story, NoticeKind.NotAmendedAfterAll, null, amendment.Number, RecipientRole.Family, RecipientRole.NamedInstitution),
                _ => true,
            };
            holds(Invariant.EverybodyHearsOfThePlan, told, $"not everybody was told how proposal {amendment.Number} ended");
        }

        foreach (var number in Enumerable.Range(1, life.Considered))
        {
            holds(Invariant.EverybodyHearsOfThePlan, Have(story, NoticeKind.CeasingConsidered, null, number, RecipientRole.Family, RecipientRole.NamedInstitution), "not both were consulted on ceasing the plan");
        }

        holds(
            Invariant.EverybodyHearsOfThePlan,
            life.HandedOn is not null || Enumerable.Range(1, life.Settled).All(letter => Have(story, NoticeKind.TransferTold, null, letter, RecipientRole.Family)),
            "the family was not told of the transfer");
        holds(
            Invariant.EverybodyHearsOfThePlan,
            life.CeaseDecidedOn is null || Have(story, NoticeKind.PlanCeases, null, null, RecipientRole.Family, RecipientRole.NamedInstitution, RecipientRole.Icb),
            "not everybody was told that the plan ceases");
    }

    private static bool Have(Retelling story, NoticeKind kind, int? version, int? occasion, params RecipientRole[] all) =>
        all.All(to => story.Notices.Values.Any(n => n.Kind == kind && n.To == to && n.SentOn is not null && (version is null || n.PlanVersion == version) && (occasion is null || n.Occasion == occasion)));

    /// <summary>CFA 2014 s45(4): it is maintained until the family can appeal no more, or its appeal is decided.</summary>
    private static void Ceased(Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (life, dispute, told) = (story.Life, story.Dispute, story.SentToFamily(NoticeKind.PlanCeases));
        var continued = life.CeaseDecidedOn is { } since && dispute.Continued.Exists(on => on >= since);
        holds(Invariant.NoPlanEndsEarly, life.CeasedOn is null || (life.CeaseDecidedOn is not null && !continued), "the plan ceased, and nobody had decided that, or the council was to go on with it");
        holds(
            Invariant.NoPlanEndsEarly,
            life.CeasedOn is not { } ceased || told is not { } day || (Determined(dispute, day) is { } determined ? ceased > determined : ceased > LastToAppeal(dispute, day) && !dispute.IsPendingSince(day)),
            "the plan ceased before the time to appeal had ended, or the appeal was decided");
        holds(Invariant.NoPlanEndsEarly, life.CeaseDecidedOn is null || continued || life.CeasedOn is not null || life.HandedOn is not null, "a plan that was to cease never did");
    }

    private static DateOnly? Determined(ToldDispute dispute, DateOnly told) => dispute.Determined.Where(on => on >= told).Cast<DateOnly?>().LastOrDefault();

    /// <summary>Two months from the notice, or one from the certificate where that is later.</summary>
    private static DateOnly LastToAppeal(ToldDispute dispute, DateOnly told) =>
        dispute.Last(MediationStep.CertificateIssued)?.AddMonths(1) is { } certified && certified > told.AddMonths(2) ? Calendar.AfterVacation(certified) : Calendar.LastToAppeal(told);
}
