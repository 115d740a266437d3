using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Whether somebody has still to meet a limit of a plan's life, and when it was met.</summary>
internal static class LifeStanding
{
    private static readonly NoticeKind[] Decisions = [NoticeKind.PlanKeptAfterReview, NoticeKind.PlanToBeAmended, NoticeKind.PlanCeases];

    /// <summary>Null for a limit of another kind.</summary>
    internal static (bool Open, DateOnly? MetOn)? Of(HandLimit limit, Retelling story)
    {
        var (life, from, review) = (story.Life, limit.From, story.Life.Current);
        var ceased = life.CeasedOn is not null;
        return limit.Key switch
        {
            "firstReview" => Met(Earlier(LifeByHand.Reviewed(story, from, after: false), story.Dispute.Since(Act.ReviewDecided, from)), ceased),
            "annualReview" => Met(LifeByHand.Reviewed(story, from, after: true), ceased),
            "reviewInvite" => Met(LifeByHand.InvitedOn(story, review), ceased),
            "reviewPapers" => Met(review?.PapersOn, ceased),
            "reviewReport" => Met(review?.ReportOn, ceased),
            "reviewDecision" => Met(Decided(story, from), ceased),
            "amendedFinal" => Met(Amended(story, from, null), ceased),
            "amendedFinalOutside" => Met(Amended(story, from, review?.Number), ceased || review?.Decided is ReviewChoice.Keep or ReviewChoice.Cease),
            "reviewRepresentations" => (false, null),
            "transferPlan" => Met(life.HandedOn, ceased),
            "transferInform" => Met(Earlier(story.Dispute.Since(Act.FamilyToldOfTransfer, from), Told(story, from)), ceased),
            "transferReview" => Met(LifeByHand.Reviewed(story, from, after: false), ceased),
            "phaseTransferPost16" or "phaseTransferOther" or "post16Move" => Met(TransfersByHand.SentOn(story), ceased),
            _ => ReassessmentsByHand.Standing(limit, story) ?? BoardsByHand.Standing(limit, story) ?? BudgetsByHand.Standing(limit, story),
        };
    }

    /// <summary>The first letter about the transfer of which the last of the family was sent its own.</summary>
    private static DateOnly? Told(Retelling story, DateOnly from) => story.Notices.Values.Where(n => n.Kind == NoticeKind.TransferTold)
        .GroupBy(n => n.Occasion)
        .Where(all => all.All(n => n.SentOn >= from))
        .Min(all => all.Max(n => n.SentOn));

    private static DateOnly? Decided(Retelling story, DateOnly from) => story.Notices.Values
        .Where(n => Decisions.Contains(n.Kind) && n.To is RecipientRole.Family or RecipientRole.NamedInstitution)
        .GroupBy(n => (n.Kind, n.PlanVersion, n.Occasion))
        .Where(all => all.All(n => n.SentOn is not null) && all.Max(n => n.SentOn) >= from)
        .Min(all => all.Max(n => n.SentOn));

    private static DateOnly? Amended(Retelling story, DateOnly from, int? review) => story.Life.Amendments
        .Where(a => review is null || a.Review == review).Select(a => LifeByHand.FinishedOn(story, a)).Where(day => day >= from).Min();

    private static (bool Open, DateOnly? MetOn) Met(DateOnly? on, bool gone) => (on is null && !gone, on);

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other : one;
}
