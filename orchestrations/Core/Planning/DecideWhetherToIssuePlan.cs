using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Decide whether to issue a plan. CFA 2014 s36(9), s37.</summary>
/// <param name="Issue">True if a plan is drafted, false if no plan is necessary.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="Without">Ids of open requests whose answers the council does not wait for.</param>
/// <param name="WithoutReason">Why the council does not wait for some answers.</param>
public sealed record DecideWhetherToIssuePlan(bool Issue, string Reasons, IReadOnlyList<string>? Without = null, string? WithoutReason = null) : AssessmentInput, IStep<DecideWhetherToIssuePlan>
{
    public static StepDefinition<DecideWhetherToIssuePlan> Definition { get; } = new("decide-whether-to-issue-plan", "Decide whether to issue a plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s36(9), s37; SEND Regs 2014 reg 10",
        Example = """{ "issue": true, "reasons": "A plan is necessary." }""",
    };

    internal override void Decide(Deciding d)
    {
        var without = Without ?? [];
        var unsought = string.Join(", ", Asking.NotSought(d).Select(r => Words.Of(r.Kind)));
        var open = d.State.Requests.Where(r => r.IsOpen && !without.Contains(r.Id)).Select(r => r.Id).ToList();
        if (!InputChecks.At(d, "Deciding whether to issue a plan", Stage.Assessing)
            || !InputChecks.Text(d, Reasons, "The reasons")
            || !d.Require(unsought.Length == 0, "advice-not-sought", $"Reg 6(1) requires advice that has not been sought yet: {unsought}.")
            || !d.Require(
                open.Count == 0,
                "advice-outstanding",
                $"These requests have not been answered: {string.Join(", ", open)}. Wait for the answers, or name the requests for which you will not wait, and give the reason.")
            || !(without.Count == 0 || InputChecks.Text(d, WithoutReason, "The reason for not waiting"))
            || !(Issue || WhetherToAssess.MayNotify(d)))
        {
            return;
        }

        if (Issue)
        {
            d.Happened(new PlanAgreed(d.Today, Reasons, without, WithoutReason));
        }
        else
        {
            d.Happened(new PlanRefused(d.Today, Reasons));
            Notices.TellAll(d, LegalNotice.NoPlan);
            Closing.Close(d, "The council decided that no plan is necessary.");
        }

        d.AddEffect(new PublishStatus(d.State.Stage));
    }
}

/// <summary>The council decided that no plan is necessary.</summary>
public sealed record PlanRefused(DateOnly On, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planRefused", "The council decided that no plan is necessary.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.NoPlan, PlanDecision = new MadeDecision(false, On, Reasons), EndedOn = On };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} that no plan is necessary.";

    public override string? Note() => Reasons;
}
