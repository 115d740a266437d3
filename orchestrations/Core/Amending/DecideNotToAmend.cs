using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Decide not to amend the plan after all, after amendments were proposed. The plan stays as it is; the family can appeal.</summary>
/// <param name="Reasons">Reasons for the decision.</param>
public sealed record DecideNotToAmend(string Reasons) : AssessmentInput, IStep<DecideNotToAmend>
{
    public static StepDefinition<DecideNotToAmend> Definition { get; } = new("decide-not-to-amend", "Decide not to amend the plan after all")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 22(4)",
        Example = """{ "reasons": "The family and the school ask to leave the provision as it is." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (Amendments.MayBeChanged(d, "Deciding not to amend")
            && d.Require(Amendments.Open(d.State) is not null, "no-proposal", "The family is not considering any proposal to amend the plan.")
            && InputChecks.Text(d, Reasons, "The reasons")
            && WhetherToAssess.MayNotify(d))
        {
            var number = Amendments.Open(d.State)!.Number;
            d.Happened(new AmendmentEnded(number, d.Today, AmendmentOutcome.NotAmended, Reasons));
            Notices.TellAll(d, LegalNotice.NotAmendedAfterAll, decision: number);
        }
    }
}
