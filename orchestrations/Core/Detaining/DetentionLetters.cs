namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The letters that the place of detention, the family and others are sent because of a detention or a release.</summary>
internal static class DetentionLetters
{
    /// <summary>
    /// Sends the recipients the notice for the current stage of the case (an assessment is being considered or carried out), or the plan
    /// itself.
    /// </summary>
    /// <param name="d">The turn, after the detention or the move was recorded.</param>
    /// <param name="to">The recipients. The family is also sent the letter which says that the plan is kept.</param>
    internal static void Tell(Deciding d, IReadOnlyList<RecipientRole> to)
    {
        switch (d.State.Stage)
        {
            case Stage.Considering:
                Same(d, NoticeKind.AssessmentConsidered, null, to);
                break;
            case Stage.Assessing or Stage.Drafting or Stage.Consulting:
                Same(d, NoticeKind.WillAssess, null, to);
                break;
            case Stage.Finalising:
                Same(d, NoticeKind.FinalPlan, d.State.NewestPlan?.Version, to);
                break;
            case Stage.PlanIssued:
                var like = WorkingLetters.Next(d, NoticeKind.PlanKeptInDetention, RecipientRole.Family) with { PlanVersion = d.State.NewestPlan?.Version };
                Each(d, like, to);
                if (to.Contains(RecipientRole.Family))
                {
                    WorkingLetters.ToFamily(d, like);
                }

                break;
        }
    }

    /// <summary>Notifies the family, the ICB, the place that the plan names and the youth offending team after a release.</summary>
    internal static void TellOfRelease(Deciding d, Detention ended)
    {
        var like = WorkingLetters.Next(d, NoticeKind.PlanAfterRelease, RecipientRole.Family) with { PlanVersion = d.State.NewestPlan?.Version };
        WorkingLetters.ToFamily(d, like);
        WorkingLetters.Plan(d, like with { To = RecipientRole.Icb, Agency = d.Facts.Icb });
        if (d.State.Placement?.Institution is { } named)
        {
            WorkingLetters.Plan(d, like with { To = RecipientRole.NamedInstitution, Agency = named });
        }

        WorkingLetters.Plan(d, like with { To = RecipientRole.YouthOffendingTeam, Agency = ended.YouthOffendingTeam });
    }

    // Sends these recipients the notice of the decision, which others were also sent. Somebody who replaces another person gets a separate
    // notice.
    private static void Same(Deciding d, NoticeKind kind, int? version, IReadOnlyList<RecipientRole> to)
    {
        if (d.State.Notices.All(n => n.Kind != kind || !to.Contains(n.To) || n.To == RecipientRole.Family))
        {
            var occasion = d.State.Notices.LastOrDefault(n => n.Kind == kind)?.Occasion;
            Notices.TellPlaceOfDetention(d, kind, [.. to.Where(one => one != RecipientRole.Family).Select(NoticeProgress.PartyOf)], version, occasion);
            return;
        }

        Each(d, WorkingLetters.Next(d, kind, RecipientRole.Family) with { PlanVersion = version }, to);
    }

    private static void Each(Deciding d, Notice like, IReadOnlyList<RecipientRole> to)
    {
        foreach (var (role, agency) in Detentions.Recipients(d.State).Where(one => to.Contains(one.To)).ToList())
        {
            WorkingLetters.Plan(d, like with { To = role, Agency = agency });
        }
    }
}
