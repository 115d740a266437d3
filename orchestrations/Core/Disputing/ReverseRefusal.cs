using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The council takes its own refusal back: to assess, or to make a plan. Two readings of the time are shown, from the request and from the
/// reversal, and the earlier is worked to: the law is unsettled.
/// </summary>
/// <param name="On">Day on which it decided so.</param>
/// <param name="Reasons">Reasons.</param>
public sealed record ReverseRefusal(DateOnly On, string Reasons) : AssessmentInput, IStep<ReverseRefusal>
{
    public static StepDefinition<ReverseRefusal> Definition { get; } = new("reverse-refusal", "Take the council's own refusal back")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin)",
        Example = """
            { "on": "2026-08-03", "reasons": "New advice shows that an assessment may be necessary." }
            """,
        Days = x =>
        [
            x.Past("On", "The day on which the refusal was taken back", i => i.On, (s, _) => DatedFacts.Refusal(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (!Form.At(d, "Taking a refusal back", Stage.RefusedToAssess, Stage.NoPlan) || !Form.Text(d, Reasons, "The reasons"))
        {
            return;
        }

        var ofPlan = d.State.Stage == Stage.NoPlan;
        d.Happened(new RefusalReversed(On, Reasons, ofPlan));
        if (ofPlan)
        {
            d.Happened(new PlanAgreed(d.Today, Reasons, [], null));
            d.Must(new PublishStatus(d.State.Stage));
        }
        else
        {
            WhetherToAssess.Agree(d, Reasons);
        }
    }
}

/// <summary>The council took its own refusal back.</summary>
/// <param name="On">Day on which it decided so.</param>
/// <param name="Reasons">Reasons.</param>
/// <param name="OfPlan">True: the refusal to make a plan. False: the refusal to assess.</param>
public sealed record RefusalReversed(DateOnly On, string Reasons, bool OfPlan) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("refusalReversed", "The council took its own refusal back.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { RefusalReversedOn = On };

    public override string Tell(Telling telling) => $"The council took its refusal to {(OfPlan ? "make a plan" : "assess")} back on {Day(On)}.";

    public override string? Note() => Reasons;
}
