using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Decide, outside a review, whether the plan ceases, after the family and the institution were consulted. A plan that is to cease is
/// maintained until the time to appeal has ended or the appeal is decided.
/// </summary>
/// <param name="Cease">True if the plan ceases, false if it is maintained as before.</param>
/// <param name="Reasons">Reasons for the decision.</param>
public sealed record DecideOnCeasing(bool Cease, string Reasons) : AssessmentInput, IStep<DecideOnCeasing>
{
    public static StepDefinition<DecideOnCeasing> Definition { get; } = new("decide-on-ceasing", "Decide whether the plan ceases")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s45; SEND Regs 2014 reg 31",
        Example = """{ "cease": true, "reasons": "The needs are met without a plan." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Deciding whether the plan ceases")
            && Detentions.RequireNotDetained(d, "Deciding whether the plan ceases")
            && d.Require(d.State.Ceasing is { DecidedOn: null, KeptOn: null }, "not-considered", "First consider ceasing the plan, and consult the family and the institution.")
            && InputChecks.Text(d, Reasons, "The reasons")
            && (!Cease || (Consulted(d) && d.Require(
                d.State.Ceasing!.Reason != CeasingReason.NoLongerWishes || d.State.Reviews.Any(r => r.HeldOn >= d.State.FinalPlanSentOn),
                "review-first",
                "The plan of a young person who has left education must be reviewed before it ceases, to ask whether they wish to return.") && WhetherToAssess.MayNotify(d))))
        {
            d.Happened(new DecidedOnCeasing(d.Today, Cease, Reasons));
            if (Cease)
            {
                Notices.TellAll(d, LegalNotice.PlanCeases, d.State.NewestPlan?.Version, Ceasings.OccasionOf(d.State));
            }
        }
    }

    /// <summary>Whether the letter was sent to the family and the institution, and each has answered or had time to answer.</summary>
    internal static bool Consulted(Deciding d)
    {
        var ceasing = d.State.Ceasing!;
        var asked = d.State.Notices.Where(n => n.Kind == NoticeKind.CeasingConsidered && n.Occasion == ceasing.Number).ToList();
        var silent = asked.Where(n => ceasing.Views.All(v => v.From != n.To)).Select(n => Words.Of(n.To)).Distinct().ToList();
        return d.Require(asked.TrueForAll(n => n.SentOn is not null), "not-consulted", "The letters that consult the family and the institution have not all been sent.")
            && d.Require(
                silent.Count == 0 || d.Today > ceasing.AnswerBy, "still-consulted", $"The views of {string.Join(" and ", silent)} can be given until the end of {Words.Day(ceasing.AnswerBy, true)}.");
    }
}

/// <summary>The council decided, outside a review, whether the plan ceases.</summary>
/// <param name="On">Day of the decision.</param>
/// <param name="Cease">Whether the plan ceases.</param>
/// <param name="Reasons">Reasons for the decision.</param>
public sealed record DecidedOnCeasing(DateOnly On, bool Cease, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("decidedOnCeasing", "The council decided, outside a review, whether the plan ceases.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Ceasing = Cease ? state.Ceasing! with { DecidedOn = On, Reasons = Reasons } : state.Ceasing! with { KeptOn = On },
    };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} {(Cease ? "to cease to maintain the plan" : "to continue to maintain the plan")}.";

    public override string? Note() => Reasons;
}
