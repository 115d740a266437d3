namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Whether to assess: consult, decide, notify, and ask for advice the same day. CFA 2014 s36; regs 4, 5.</summary>
internal static class WhetherToAssess
{
    internal static void Consulted(Deciding d, RecordConsultation input)
    {
        if (Form.At(d, "Recording the consultation on the request", Stage.Considering)
            && d.Require(d.State.ConsultedOn is null, "already-consulted", "The consultation of the family is on record already.")
            && Form.Day(d, input.On, "The day of the consultation") && Form.Text(d, input.Summary, "What the family said"))
        {
            d.Happened(new FamilyConsulted(input.On, input.Summary));
        }
    }

    internal static void Decide(Deciding d, DecideWhetherToAssess input)
    {
        if (!Form.At(d, "Deciding whether to assess", Stage.Considering)
            || !Form.Text(d, input.Reasons, "The reasons")
            || !d.Require(d.State.ConsultedOn is not null, "family-not-consulted", "The family must be consulted before this is decided (CFA 2014 s36(4))."))
        {
            return;
        }

        if (input.Assess)
        {
            Agree(d, input.Reasons);
        }
        else if (MayNotify(d))
        {
            d.Happened(new AssessmentRefused(d.Today, input.Reasons));
            TellDecision(d, NoticeKind.WillNotAssess);
            Ending.Close(d, "The council decided not to assess.");
        }
    }

    /// <summary>The assessment is carried out: by the council's own decision, or because the Tribunal ordered it.</summary>
    internal static void Agree(Deciding d, string reasons)
    {
        d.Happened(new AssessmentAgreed(d.Today, reasons));
        TellDecision(d, NoticeKind.WillAssess);
        Asking.AskEveryone(d);
        d.Must(new PublishStatus(d.State.Stage));
    }

    /// <summary>Reg 32: an appealable notice must tell all of this; one with an empty place is not sent.</summary>
    internal static bool MayNotify(Deciding d)
    {
        var missing = string.Join(", ", d.Rules.Council.MissingForAppealableNotices());
        return d.Require(missing.Length == 0, "notice-incomplete", $"The notice would lack what reg 32 requires. Missing in the council's settings: {missing}.");
    }

    /// <summary>Reg 5(1)-(2): the family, and everyone notified under reg 4(2).</summary>
    private static void TellDecision(Deciding d, NoticeKind kind)
    {
        Notices.Tell(d, kind, RecipientRole.Family);
        Notices.TellPartners(d, kind);
    }
}
