using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether to assess: consult, decide, notify, and ask for advice the same day. CFA 2014 s36; regs 4, 5.</summary>
internal static class WhetherToAssess
{
    /// <summary>The assessment is carried out: by the council's own decision, or because the Tribunal ordered it.</summary>
    internal static void Agree(Deciding d, string reasons)
    {
        d.Happened(new AssessmentAgreed(d.Today, reasons));
        Notices.TellAll(d, LegalNotice.WillAssess);
        Asking.AskEveryone(d);
        d.Must(new PublishStatus(d.State.Stage));
    }

    /// <summary>Reg 32: an appealable notice must say all of this; one with a gap is not sent.</summary>
    internal static bool MayNotify(Deciding d)
    {
        var missing = string.Join(", ", d.Rules.Council.MissingForAppealableNotices());
        return d.Require(missing.Length == 0, "notice-incomplete", $"The notice would lack what reg 32 requires. Missing in the council's settings: {missing}.");
    }
}
