using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Consider ceasing to maintain the plan, and consult the family and the institution, each by a letter of its own.</summary>
/// <param name="Reason">Why, as the SEN2 return codes it.</param>
/// <param name="Reasons">Why, in words: the letters give them.</param>
/// <param name="AnswerBy">Last day on which their views are asked for.</param>
public sealed record ConsiderCeasing(CeasingReason Reason, string Reasons, DateOnly AnswerBy) : AssessmentInput, IStep<ConsiderCeasing>
{
    public static StepDefinition<ConsiderCeasing> Definition { get; } = new("consider-ceasing", "Consider ceasing the plan, and consult on it")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s45; SEND Regs 2014 regs 29 to 31",
        Example = """
            { "reason": "higherEducation", "reasons": "A place at a university was taken up.", "answerBy": "2027-06-30" }
            """,
        Days = x => [x.Planned("AnswerBy", "The last day for views", i => i.AnswerBy, (s, _) => DatedFacts.PlanSent(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Considering to cease the plan")
            && Detentions.RequireNotDetained(d, "Considering to cease the plan")
            && d.Require(Ceasings.DecidedOn(d.State) is null, "already-decided", "It was decided already to cease the plan.")
            && d.Require(Reason != CeasingReason.Transferred, "move-instead", "A plan that another council takes over does not cease: record the move.")
            && d.Require(Reason != CeasingReason.Died, "no-letters", "No letters are sent after a death: write to the family yourself, and record that the plan has ceased.")
            && d.Require(
                Reason != CeasingReason.NoLongerWishes || Age.HolderOfRights(d.Facts.Child.DateOfBirth, d.Today, false) == RightsHolder.YoungPerson,
                "review-instead",
                "The plan of a child who is not in education does not cease for that: review and amend it.")
            && d.Require(AnswerBy > d.Today, "no-time-to-answer", "They must have time to answer: choose a last day in the future.")
            && Form.Text(d, Reasons, "The reasons"))
        {
            var number = (d.State.Ceasing?.Number ?? 0) + 1;
            d.Happened(new CeasingConsidered(number, d.Today, Reason, Reasons, AnswerBy));
            Notices.TellAll(d, LegalNotice.CeasingConsidered, decision: number);
        }
    }
}

/// <summary>The council is considering ceasing the plan and has asked for views.</summary>
/// <param name="Number">Number within the case.</param>
/// <param name="On">Day.</param>
/// <param name="Reason">Why, as SEN2 codes it.</param>
/// <param name="Reasons">Why.</param>
/// <param name="AnswerBy">Last day for views.</param>
public sealed record CeasingConsidered(int Number, DateOnly On, CeasingReason Reason, string Reasons, DateOnly AnswerBy) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("ceasingConsidered", "The council is considering ceasing the plan and has asked the family and the institution for their views.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) =>
        state with { Ceasing = new PlanCeasing { Number = Number, ConsideredOn = On, Reason = Reason, Reasons = Reasons, AnswerBy = AnswerBy } };

    public override string Tell(Telling telling) => $"The council has been considering ceasing the plan since {Day(On)}; views are asked for by {Day(AnswerBy)}.";

    public override string? Note() => Reasons;
}
