using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// The limits of a plan's life worked out a second time, from the words of the regulations: two weeks before the meeting for invitations and
/// papers (regs 20(3)-(4), 21(3)-(4)), two weeks after it for the report (reg 21(7)), four for the decision with its proposal (reg 20(10),
/// 22(2); Devon [2022] EWHC 493), fifteen days for the family (reg 22(2)(c)), eight weeks from the proposal (reg 22(3)) and twelve from the
/// meeting for the amended plan, twelve months from the last review for the next (CFA 2014 s44(1)).
/// </summary>
internal static class LifeByHand
{
    internal static IEnumerable<HandLimit> Of(Retelling story, DateOnly? issued)
    {
        var life = story.Life;
        if (life.Current is { } review)
        {
            var meeting = review.HeldOn ?? review.MeetingOn;
            yield return Limit("reviewInvite", meeting.AddDays(-14), meeting);
            yield return Limit("reviewPapers", meeting.AddDays(-14), meeting);
            if (review.HeldOn is { } held)
            {
                yield return Limit("reviewReport", held.AddDays(14), held);
                yield return Limit("reviewDecision", held.AddDays(28), held);
                yield return Limit("amendedFinalOutside", held.AddDays(84), held);
            }
        }

        if ((issued ?? life.Taken?.IssuedOn) is not null && story.Stage == Stage.PlanIssued && LastReviewed(story) is { } last)
        {
            yield return Limit("annualReview", AYearBeginningWith(last), last);
        }

        foreach (var limit in MovesByHand.Of(story))
        {
            yield return limit;
        }

        if (TransfersByHand.Of(story, life.Taken?.IssuedOn ?? issued) is { } transfer)
        {
            yield return transfer;
        }

        if (Shown(story) is { } amendment)
        {
            if (Proposal(story, amendment) is { ServedOn: { } served })
            {
                yield return Limit("reviewRepresentations", served.AddDays(14), served);
            }

            if ((Proposal(story, First(life, amendment)) ?? Proposal(story, amendment)) is { SentOn: { } sent })
            {
                yield return Limit("amendedFinal", sent.AddDays(56), sent);
            }
        }
    }

    /// <summary>The last day of twelve months that begin with a day.</summary>
    private static DateOnly AYearBeginningWith(DateOnly day) => day is { Month: 2, Day: 29 } ? new DateOnly(day.Year + 1, 2, 28) : day.AddYears(1).AddDays(-1);

    /// <summary>The day on which the last of the family and the institution was sent what was decided after a review; null while one was not.</summary>
    internal static DateOnly? ToldOn(Retelling story, ToldReview review)
    {
        NoticeKind? kind = review.Decided switch
        {
            ReviewChoice.Keep => NoticeKind.PlanKeptAfterReview,
            ReviewChoice.Amend => NoticeKind.PlanToBeAmended,
            ReviewChoice.Cease => NoticeKind.PlanCeases,
            _ => null,
        };
        var told = story.Notices.Values.Where(n => n.Kind == kind && n.Occasion == review.Number && n.To is RecipientRole.Family or RecipientRole.NamedInstitution
            && (kind != NoticeKind.PlanCeases || n.PlanVersion is null)).ToList();
        return told.Count > 0 && told.TrueForAll(n => n.SentOn is not null) ? told.Max(n => n.SentOn) : null;
    }

    /// <summary>The day by which everybody had notice of the meeting: as the council recorded it, or by the council's own letters if these came first.</summary>
    internal static DateOnly? InvitedOn(Retelling story, ToldReview? review)
    {
        var letters = review?.HeldBy == ReviewArranger.Council
            ? story.Notices.Values.Where(n => n.Kind == NoticeKind.ReviewInvited && n.Day == review.MeetingOn).GroupBy(n => n.Occasion).MaxBy(all => all.Key)?.ToList() ?? []
            : [];
        return new[] { review?.InvitedOn, letters.TrueForAll(n => n.ServedOn is not null) ? letters.Max(n => n.ServedOn) : null }.Min();
    }

    internal static DateOnly? LastReviewed(Retelling story) => story.Life.Reviews.Max(review => ToldOn(story, review));

    /// <summary>The first review since a day, or after it, of which everybody was told.</summary>
    internal static DateOnly? Reviewed(Retelling story, DateOnly from, bool after) =>
        story.Life.Reviews.Select(review => ToldOn(story, review)).Where(day => after ? day > from : day >= from).Min();

    /// <summary>The day on which the last of those to be told was sent the amended plan, or that it stays as it is.</summary>
    internal static DateOnly? FinishedOn(Retelling story, ToldAmendment amendment)
    {
        var ends = story.Notices.Values.Where(n => amendment.Outcome switch
        {
            AmendmentOutcome.Amended => n.Kind == NoticeKind.AmendedPlan && n.PlanVersion == amendment.Version,
            AmendmentOutcome.NotAmended => n.Kind == NoticeKind.NotAmendedAfterAll && n.Occasion == amendment.Number,
            _ => false,
        }).ToList();
        return ends.Count > 0 && ends.TrueForAll(n => n.SentOn is not null) ? ends.Max(n => n.SentOn) : null;
    }

    /// <summary>Amendments whose limits are still shown: open ones, ones of which not everybody was told, and the last until the next review is arranged.</summary>
    private static ToldAmendment? Shown(Retelling story) => story.Life.Amendments is [.., var last]
        && (last.Outcome is null || last.ReviewsThen == story.Life.Reviews.Count || FinishedOn(story, last) is null) ? last : null;

    private static ToldAmendment First(ToldLife life, ToldAmendment amendment)
    {
        var at = amendment.Number - 1;
        while (at > 0 && life.Amendments[at - 1].Outcome == AmendmentOutcome.ProposedAgain)
        {
            at--;
        }

        return life.Amendments[at];
    }

    /// <summary>The notice with which amendments went to the family.</summary>
    private static ToldNotice? Proposal(Retelling story, ToldAmendment amendment) => story.Notices.Values.FirstOrDefault(n => n.Kind == amendment.Notice && n.To == RecipientRole.Family
        && n.Occasion == (amendment.Notice == NoticeKind.PlanToBeAmended ? amendment.Review : amendment.Number));

    private static HandLimit Limit(string key, DateOnly due, DateOnly from) => new(key, due, "") { From = from };
}
