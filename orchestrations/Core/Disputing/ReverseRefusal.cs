using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Reverse the council's own refusal to assess, or to make a plan. The law is unsettled, so two readings of the time limit are shown, from
/// the request and from the reversal, and the earlier is followed.
/// </summary>
/// <param name="On">Day on which the council decided to reverse the refusal.</param>
/// <param name="Reasons">Reasons for the reversal.</param>
public sealed record ReverseRefusal(DateOnly On, string Reasons) : AssessmentInput, IStep<ReverseRefusal>
{
    public static StepDefinition<ReverseRefusal> Definition { get; } = new("reverse-refusal", "Reverse the council's own refusal")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin)",
        Example = """
            { "on": "2026-08-03", "reasons": "New advice shows that an assessment may be necessary." }
            """,
        Days = x =>
        [
            x.Past("On", "The day on which the refusal was reversed", i => i.On, (s, _) => DatedFacts.Refusal(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.At(d, "Reversing a refusal", Stage.RefusedToAssess, Stage.NoPlan) || !InputChecks.Text(d, Reasons, "The reasons"))
        {
            return;
        }

        var ofPlan = d.State.Stage == Stage.NoPlan;
        d.Happened(new RefusalReversed(On, Reasons, ofPlan));
        if (ofPlan)
        {
            d.Happened(new PlanAgreed(d.Today, Reasons, [], null));
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
        else
        {
            WhetherToAssess.Agree(d, Reasons);
        }
    }
}

/// <summary>The council reversed its own refusal.</summary>
/// <param name="On">Day on which the council decided to reverse the refusal.</param>
/// <param name="Reasons">Reasons for the reversal.</param>
/// <param name="OfPlan">True for the refusal to make a plan, false for the refusal to assess.</param>
public sealed record RefusalReversed(DateOnly On, string Reasons, bool OfPlan) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("refusalReversed", "The council reversed its own refusal.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { RefusalReversedOn = On };

    public override string Describe(TimelineContext context) => $"The council reversed its refusal to {(OfPlan ? "make a plan" : "assess")} on {Day(On)}.";

    public override string? Note() => Reasons;
}
