using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Decides whether to assess: consults, decides, notifies, and asks for advice on the same day. CFA 2014 s36; regs 4, 5.</summary>
internal static class WhetherToAssess
{
    /// <summary>Records that the assessment is carried out, by the council's own decision or because the Tribunal ordered it.</summary>
    internal static void Agree(Deciding d, string reasons)
    {
        d.Happened(new AssessmentAgreed(d.Today, reasons));
        Notices.TellAll(d, LegalNotice.WillAssess);
        Asking.AskEveryone(d);
        d.AddEffect(new PublishStatus(d.State.Stage));
    }

    /// <summary>Checks that a notice states all that reg 32 requires if there is a right of appeal. An incomplete notice is not
    /// sent.</summary>
    internal static bool MayNotify(Deciding d)
    {
        var missing = string.Join(", ", d.Rules.Council.MissingForAppealableNotices());
        return d.Require(missing.Length == 0, "notice-incomplete", $"The notice would not contain all that reg 32 requires. Add to the council's settings: {missing}.");
    }
}
