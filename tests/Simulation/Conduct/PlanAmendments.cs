using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>An amended plan: proposed, commented on, finalised or given up.</summary>
internal static class PlanAmendments
{
    private const int FamilysDays = 15;
    private const int TriesUntilItIsOver = 1;

    // Assumptions, of which nothing is published.
    private const double WithoutReviews = 0.05;
    private const double LateFinal = 0.35;
    private const double NotAfterAll = 0.06;
    private const double Represents = 0.3;

    /// <summary>What is to be done about amendments that are with the family.</summary>
    internal static IEnumerable<Act> Open(VisibleCase s)
    {
        if (s.State.Amendments is not [.., { Outcome: null } open]
            || s.State.Notices.LastOrDefault(n => n.Kind == open.Notice && n.To == RecipientRole.Family) is not { ServedOn: { } served } notice || notice.SentOn < open.ProposedOn)
        {
            yield break;
        }

        var draw = s.Draw;
        if (draw.Chance("represents on amendment", Represents, open.Number))
        {
            yield return new Act(served.AddDays(draw.Between("represents on amendment after", 1, 13, open.Number)), FormattableString.Invariant($"represent-amendment-{open.Number}"), Actors.Family,
                () => new RecordRepresentations(open.Version, s.Today, "We would like more time with the therapist.", Transferring.Wish(s)));
        }

        var transfer = Transferring.Pending(s);
        foreach (var act in transfer is null ? [] : Transferring.OnAmendments(s, open, transfer))
        {
            yield return act;
        }

        if (transfer is not null && s.State.Placement?.From?.Year != transfer.On.Year)
        {
            yield break;
        }

        if (transfer is null && draw.Chance("not amended", NotAfterAll, open.Number))
        {
            yield return PlanMaking.Again(s, served.AddDays(draw.Between("not amended after", 16, 50, open.Number)), FormattableString.Invariant($"kept-{open.Number}"),
                () => new DecideNotToAmend("The family and the school ask to leave it."));
            yield break;
        }

        if (s.Ledger.IsAnswered(FormattableString.Invariant($"amended-{open.Number}-0")))
        {
            // Advice that was corrected since may bring other health provision, to which the board must agree (reg 12(2)).
            yield return new Act(s.Today, FormattableString.Invariant($"board-yes-{open.Version}-{open.Number}"), Actors.Of(s.State.Facts!.Icb), () => new RecordIcbAgreement(true, "Designated officer", s.Today));
        }

        if (s.Ledger.IsAnswered(FormattableString.Invariant($"amended-{open.Number}-{TriesUntilItIsOver}")))
        {
            // What the proposal rests on has changed since, for instance because the young person has come of age: it is proposed again,
            // whether or not the next review has met meanwhile.
            yield return PlanMaking.Again(s, s.Today, FormattableString.Invariant($"propose-{open.Number}"), () => new ProposeAmendments("The plan has changed since.", "As proposed before."));
            yield break;
        }

        var after = draw.Chance("amended late", transfer is null ? LateFinal : Transferring.LateFinal, open.Number) ? draw.Between("amended after", 45, 120, open.Number) : draw.Between("amended after", 0, transfer is null ? 30 : 10, open.Number);
        yield return PlanMaking.Again(s, served.AddDays(FamilysDays + after), FormattableString.Invariant($"amended-{open.Number}"), () => new FinaliseAmendedPlan("Officer"));
    }

    /// <summary>Amendments that a new report calls for, without a review (reg 28).</summary>
    internal static IEnumerable<Act> WithoutReview(VisibleCase s, DateOnly since)
    {
        if (!Living.Chance(s, "amends without review", WithoutReviews) || s.State.Amendments is [.., { Outcome: null }])
        {
            yield break;
        }

        var (on, key) = (since.AddDays(Living.Between(s, "amends without review after", 60, 150)), FormattableString.Invariant($"report-{s.State.Reviews.Count}"));
        yield return Edit(s, on, $"amend-{key}");
        yield return VisibleCase.Office(on, $"propose-{key}", () => new ProposeAmendments("The therapist's new report.", "Section F: therapy more often."));
    }

    /// <summary>A line of provision is to be given more or less often; in and beyond Year 9 it prepares for adulthood.</summary>
    internal static Act Edit(VisibleCase s, DateOnly on, string id) => VisibleCase.Office(on, id, () => new EditPlan(
        id,
        "The report recommends it.",
        PlanEditCause.Officer,
        s.State.NewestPlan!.Section(PlanSectionLetter.F).Lines[0].Id,
        HowOften: FormattableString.Invariant($"every {s.State.Edits.Count + 2} days"),
        PreparesForAdulthood: true));
}
