namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether a plan is necessary. CFA 2014 s36(9), s37(1); reg 10.</summary>
internal static class WhetherToIssue
{
    internal static void Decide(Deciding d, DecideWhetherToIssuePlan input)
    {
        var without = input.Without ?? [];
        var unsought = string.Join(", ", Asking.NotSought(d).Select(r => Words.Of(r.Kind)));
        var open = d.State.Requests.Where(r => r.IsOpen && !without.Contains(r.Id)).Select(r => r.Id).ToList();
        if (!Form.At(d, "Deciding whether to issue a plan", Stage.Assessing)
            || !Form.Text(d, input.Reasons, "The reasons")
            || !d.Require(unsought.Length == 0, "advice-not-sought", $"Reg 6(1) requires advice that was not sought yet: {unsought}.")
            || !d.Require(
                open.Count == 0,
                "advice-outstanding",
                $"These requests are not answered: {string.Join(", ", open)}. Wait for them, or name those that are not waited for with the reason.")
            || !(without.Count == 0 || Form.Text(d, input.WithoutReason, "The reason for not waiting"))
            || !(input.Issue || WhetherToAssess.MayNotify(d)))
        {
            return;
        }

        if (input.Issue)
        {
            d.Happened(new PlanAgreed(d.Today, input.Reasons, without, input.WithoutReason));
        }
        else
        {
            d.Happened(new PlanRefused(d.Today, input.Reasons));
            Notices.Tell(d, NoticeKind.NoPlan, RecipientRole.Family);
            Notices.Tell(d, NoticeKind.NoPlan, RecipientRole.Icb, d.Facts.Icb);
            if (d.Facts.Setting is { } setting)
            {
                Notices.Tell(d, NoticeKind.NoPlan, RecipientRole.Setting, setting);
            }

            Ending.Close(d, "The council decided that no plan is necessary.");
        }

        d.Must(new PublishStatus(d.State.Stage));
    }
}
