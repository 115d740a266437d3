using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Consider ceasing to maintain the plan, and consult the family and the institution by separate letters.</summary>
/// <param name="Reason">The reason, as a code of the SEN2 return.</param>
/// <param name="Reasons">The reasons in words, which the letters state.</param>
/// <param name="AnswerBy">Last day on which the family and the institution can give their views.</param>
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
        if (MaintainedPlan.Require(d, "Considering whether to cease the plan")
            && Detentions.RequireNotDetained(d, "Considering whether to cease the plan")
            && d.Require(Ceasings.DecidedOn(d.State) is null, "already-decided", "The council has already decided to cease the plan.")
            && d.Require(Reason != CeasingReason.Transferred, "move-instead", "A plan that another council takes over does not cease. Record the move instead.")
            && d.Require(Reason != CeasingReason.Died, "no-letters", "No letters are sent automatically after a death. Write to the family yourself, and record that the plan has ceased.")
            && d.Require(
                Reason != CeasingReason.NoLongerWishes || Age.HolderOfRights(d.Facts.Child.DateOfBirth, d.Today, false) == RightsHolder.YoungPerson,
                "review-instead",
                "That a child is not in education is no reason to cease the plan. Review and amend the plan.")
            && d.Require(AnswerBy > d.Today, "no-time-to-answer", "The family and the institution must have time to answer. Choose a last day in the future.")
            && InputChecks.Text(d, Reasons, "The reasons"))
        {
            var number = (d.State.Ceasing?.Number ?? 0) + 1;
            d.Happened(new CeasingConsidered(number, d.Today, Reason, Reasons, AnswerBy));
            Notices.TellAll(d, LegalNotice.CeasingConsidered, decision: number);
        }
    }
}

/// <summary>The council is considering ceasing the plan and has asked for views.</summary>
/// <param name="Number">Number of this consideration within the case.</param>
/// <param name="On">Day on which the council began to consider ceasing the plan.</param>
/// <param name="Reason">The reason, as a code of the SEN2 return.</param>
/// <param name="Reasons">The reasons in words.</param>
/// <param name="AnswerBy">Last day for views.</param>
public sealed record CeasingConsidered(int Number, DateOnly On, CeasingReason Reason, string Reasons, DateOnly AnswerBy) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("ceasingConsidered", "The council is considering ceasing the plan and has asked the family and the institution for their views.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) =>
        state with { Ceasing = new PlanCeasing { Number = Number, ConsideredOn = On, Reason = Reason, Reasons = Reasons, AnswerBy = AnswerBy } };

    public override string Describe(TimelineContext context) => $"The council has been considering ceasing the plan since {Day(On)}. The council has asked for views by {Day(AnswerBy)}.";

    public override string? Note() => Reasons;
}
