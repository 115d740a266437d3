using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family moved: another council is responsible.</summary>
public sealed record MoveToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentInput, IStep<MoveToAnotherCouncil>
{
    public static StepDefinition<MoveToAnotherCouncil> Definition { get; } = new("move-to-another-council", "Another council becomes responsible")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 15",
        Example = """{ "council": "331", "movedOn": "2026-08-01", "becameAwareOn": "2026-07-20" }""",
        Days = x => [
            x.Past("MovedOn", "The day of the move", i => i.MovedOn, (s, _) => DatedFacts.Request(s)),
            x.Past(
                "BecameAwareOn", "The day on which the council became aware", i => i.BecameAwareOn,
                (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (Closing.MayEnd(d)
            && d.Require(Council != d.Rules.Council.Code, "same-council", "The family has not left the council's area."))
        {
            d.Happened(new MovedToAnotherCouncil(Council, MovedOn, BecameAwareOn));
            d.AskAttention("hand-over", $"Pass what is held on to council {Council}: the family must not be asked again.");
            Closing.Close(d, "The family moved; another council is responsible.");
            d.Must(new PublishStatus(d.State.Stage));
        }
    }
}

/// <summary>Another council became responsible.</summary>
public sealed record MovedToAnotherCouncil(LocalAuthorityCode Council, DateOnly MovedOn, DateOnly BecameAwareOn) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("movedToAnotherCouncil", "Another council became responsible.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.Moved, EndedOn = MovedOn };

    public override string Tell(Telling telling) => $"The family moved on {Day(MovedOn)}; council {Council} is responsible. Known since {Day(BecameAwareOn)}.";
}
