namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record whether the ICB agrees to the health provision in section G of the plan's newest version, reg 12(2).</summary>
public sealed record RecordIcbAgreement(bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null) : AssessmentInput, IStep<RecordIcbAgreement>
{
    public static StepDefinition<RecordIcbAgreement> Definition { get; } = new("record-icb-agreement", "Record the ICB's answer on section G")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "SEND Regs 2014 reg 12(2)",
        Example = """{ "agreed": true, "agreedBy": "Designated clinical officer", "on": "2026-09-25" }""",
        ForAgency = (_, agency) => agency.AgreesSectionG ? null : SenderFault.NotAllowed("Only the responsible commissioning body can agree section G."),
        Days = x => [x.Past(
            "On", "The day of the ICB's answer", i => i.On,
            (s, _) => DatedFacts.NewestDraft(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (Amendments.Consulted(d, "Recording the ICB's answer on section G")
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == d.Facts.Icb.Id, "not-the-icb", "Only the responsible commissioning body can agree section G.")
            && InputChecks.Text(d, AgreedBy, "Who answered for the ICB")
            && (Agreed || InputChecks.Text(d, Reasons, "The reasons for not agreeing")))
        {
            var answer = Amendments.Open(d.State) is { } amendment
                ? new IcbAnswer(amendment.Version, Agreed, AgreedBy, On, Reasons, d.State.Edits.Count)
                : new IcbAnswer(d.State.NewestPlan!.Version, Agreed, AgreedBy, On, Reasons);
            if (d.Require(answer != d.State.IcbAnswer, "already-answered", "This answer is already on record."))
            {
                d.Happened(IcbAnswered.With(answer));
                if (!Agreed)
                {
                    d.AskAttention("icb-not-agreed", "The ICB did not agree to section G. The plan cannot be finalised until the ICB agrees (reg 12(2)).");
                }
            }
        }
    }
}
