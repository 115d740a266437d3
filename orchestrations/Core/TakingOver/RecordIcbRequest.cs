using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record what the new ICB says about the health provision in the plan. If the ICB cannot arrange the provision and asks for an
/// assessment or a review, the council must comply.</summary>
/// <param name="Says">The ICB's answer.</param>
/// <param name="On">Day on which the council was notified.</param>
/// <param name="BecameAwareOn">Day on which the ICB became aware that it is responsible.</param>
/// <param name="Text">What the ICB says, and about which provision.</param>
public sealed record RecordIcbRequest(IcbStatement Says, DateOnly On, DateOnly BecameAwareOn, string Text) : AssessmentInput, IStep<RecordIcbRequest>
{
    public static StepDefinition<RecordIcbRequest> Definition { get; } = new("record-icb-request", "Record what the new ICB says about section G")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "SEND Regs 2014 reg 16",
        Example = """{ "says": "asksToReview", "on": "2027-04-12", "becameAwareOn": "2027-04-01", "text": "No therapist for section G." }""",
        ForAgency = (_, agency) => agency.AgreesSectionG ? null : SenderFault.NotAllowed("Only the responsible commissioning body can answer for section G."),
        Days = x =>
        [
            x.Past("On", "The day on which the council was notified", i => i.On, (s, _) => DatedFacts.PlanSent(s)),
            x.Past("BecameAwareOn", "The day on which the ICB became aware of the change", i => i.BecameAwareOn, [(s, _) => DatedFacts.Birth(s)], [(_, i) => new(i.On, "the day on which the council was notified")]),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording what the new ICB says")
            && d.Require(d.State.IcbChange is not null, "icb-not-changed", "No change of ICB is on record. Record the change first (record-icb-change).")
            && d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == d.Facts.Icb.Id, "not-the-icb", "Only the responsible commissioning body can answer for section G.")
            && d.Require(d.State.IcbChange!.RequestedOn is null, "already-asked", "The ICB's request is already on record.")
            && d.Require(d.State.IcbChange.Said != Says, "already-recorded", "This answer is already on record.")
            && d.Require(
                d.State.IcbChange.NewAwareOn is null || d.State.IcbChange.NewAwareOn == BecameAwareOn,
                "other-day", "The ICB stated earlier that it became aware on a different day. Give the day stated earlier.")
            && InputChecks.Text(d, Text, "What the ICB says"))
        {
            d.Happened(new IcbStatementReceived(Says, On, BecameAwareOn, Text));
            if (IcbRequests.Open(d.State) is { } asked)
            {
                Ask(d, asked);
            }
        }
    }

    // The council must comply under reg 16. An assessment or review that is already under way counts as the one that the ICB asks for.
    private static void Ask(Deciding d, IcbStatement asked)
    {
        if (asked == IcbStatement.AsksToAssess ? Reassessments.IsUnderWay(d.State) : Reviews.Current(d.State) is { HeldOn: null })
        {
            IcbRequests.Comply(d, asked);
            return;
        }

        d.AskAttention(IcbRequests.Task, asked == IcbStatement.AsksToAssess
            ? "The new ICB cannot arrange the provision in section G and asks for an assessment. The council must comply. Agree to re-assess (agree-reassessment)."
            : "The new ICB cannot arrange the provision in section G and asks for a review. The council must comply. Arrange a review (arrange-review).");
    }
}

/// <summary>The new ICB said whether it arranges the health provision in the plan.</summary>
/// <param name="Says">The ICB's answer.</param>
/// <param name="On">Day on which the council was notified.</param>
/// <param name="AwareOn">Day on which the ICB became aware that it is responsible.</param>
/// <param name="Text">What the ICB said.</param>
public sealed record IcbStatementReceived(IcbStatement Says, DateOnly On, DateOnly AwareOn, string Text) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("icbSpoke", "The new ICB said whether it arranges the health provision in the plan.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        IcbChange = state.IcbChange! with
        {
            Said = Says,
            NewAwareOn = AwareOn,
            CannotOn = state.IcbChange.CannotOn ?? (Says == IcbStatement.Arranges ? null : On),
            RequestedOn = Says is IcbStatement.AsksToAssess or IcbStatement.AsksToReview ? On : null,
            ArrangesOn = Says == IcbStatement.Arranges ? On : null,
        },
    };

    public override string Describe(TimelineContext context) => Says switch
    {
        IcbStatement.Arranges => $"The new ICB said on {Day(On)} that it arranges the health provision in the plan.",
        IcbStatement.Cannot => $"The new ICB said on {Day(On)} that it cannot arrange the health provision in the plan.",
        IcbStatement.AsksToAssess => $"The new ICB cannot arrange the health provision in the plan, and asked on {Day(On)} for an assessment.",
        _ => $"The new ICB cannot arrange the health provision in the plan, and asked on {Day(On)} for a review.",
    };

    public override string? Note() => Text;
}
