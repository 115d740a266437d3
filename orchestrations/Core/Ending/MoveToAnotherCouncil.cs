using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the family moves to another council's area. If the family moves, an assessment ends here and a plan must be
/// transferred.</summary>
/// <param name="Council">The other council.</param>
/// <param name="MovedOn">Day of the move. If there is a plan, the day can be in the future.</param>
/// <param name="BecameAwareOn">Day on which this council became aware of the move.</param>
public sealed record MoveToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentInput, IStep<MoveToAnotherCouncil>
{
    public static StepDefinition<MoveToAnotherCouncil> Definition { get; } = new("move-to-another-council", "Another council becomes responsible")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 15",
        Example = """{ "council": "331", "movedOn": "2026-08-01", "becameAwareOn": "2026-07-20" }""",
        Days = x => [
            x.Planned("MovedOn", "The day of the move", i => i.MovedOn, (s, _) => DatedFacts.Request(s)),
            x.Past(
                "BecameAwareOn", "The day on which the council became aware", i => i.BecameAwareOn,
                (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (d.State.Stage == Stage.PlanIssued)
        {
            WithPlan(d);
        }
        else if (Closing.MayMove(d)
            && d.Require(MovedOn <= d.Today, "not-moved-yet", "The family has not moved yet. This council is responsible until the day of the move.")
            && IsAnother(d))
        {
            d.Happened(new MovedToAnotherCouncil(Council, MovedOn, BecameAwareOn));
            d.AskAttention(HandOver, $"Send council {Council} the information that this council holds, so that the family is not asked for it again.");
            Closing.Close(d, Closing.FamilyMoved);
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
    }

    private bool IsAnother(Deciding d) => d.Require(Council != d.Rules.Council.Code, "same-council", "The family has not left the council's area.");

    // The plan is maintained here until it has been transferred.
    private void WithPlan(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording a move") && IsAnother(d)
            && d.Require(d.State.MovingTo != new PlanMove(Council, MovedOn, BecameAwareOn), "nothing-changed", "This move is already on record."))
        {
            d.Happened(new MovedToAnotherCouncil(Council, MovedOn, BecameAwareOn));
            AskToHandOn(d, Council);
        }
    }

    internal static void AskToHandOn(Deciding d, LocalAuthorityCode to) =>
        d.AskAttention(HandOver, $"Transfer the plan and its advice to council {to}, and record that this was done.");

    /// <summary>Id of the task to transfer the information held.</summary>
    internal const string HandOver = "hand-over";
}

/// <summary>Another council became responsible.</summary>
public sealed record MovedToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("movedToAnotherCouncil", "The family moves to another council's area: that council is responsible, or the plan must be transferred to it.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state.Stage == Stage.PlanIssued
        ? state with { MovingTo = new PlanMove(Council, MovedOn, BecameAwareOn) }
        : state with { Stage = Stage.Moved, EndedOn = MovedOn };

    public override string Describe(TimelineContext context) => MovedOn > BecameAwareOn
        ? $"The family moves on {Day(MovedOn)} to the area of council {Council}. This council became aware on {Day(BecameAwareOn)}."
        : $"The family moved on {Day(MovedOn)}; council {Council} is responsible. This council became aware on {Day(BecameAwareOn)}.";
}
