using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record a review of the direct payments, which are reviewed within three months of the first payment and at every review and
/// re-assessment.</summary>
/// <param name="On">Day of the review.</param>
/// <param name="Text">Findings and consequences.</param>
public sealed record RecordPaymentReview(DateOnly On, string Text) : AssessmentInput, IStep<RecordPaymentReview>
{
    public static StepDefinition<RecordPaymentReview> Definition { get; } = new("record-payment-review", "Record a review of the direct payments")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SI 2014/1652 reg 11",
        Example = """{ "on": "2027-07-20", "text": "The therapist comes each week. Nothing changes." }""",
        Days = x => [x.Past("On", "The day of the review", i => i.On, (s, _) => new(PlanBudgets.PaidSince(s), "the first day of payment"))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording a review of direct payments")
            && d.Require(PlanBudgets.PaidSince(d.State) is not null, "no-direct-payment", "No direct payment is on record.")
            && d.Require(!d.State.PlanBudget!.ReviewedOn.Contains(On), "already-recorded", "A review on that day is already on record.")
            && InputChecks.Text(d, Text, "What was found"))
        {
            d.Happened(new PaymentsReviewed(On, Text));
        }
    }
}

/// <summary>The direct payments were reviewed.</summary>
/// <param name="On">Day of the review.</param>
/// <param name="Text">What was found.</param>
public sealed record PaymentsReviewed(DateOnly On, string Text) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("paymentsReviewed", "The direct payments of the personal budget were reviewed.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { PlanBudget = state.PlanBudget! with { ReviewedOn = With(state.PlanBudget.ReviewedOn, On) } };

    public override string Describe(TimelineContext context) => $"The direct payments were reviewed on {Day(On)}.";

    public override string? Note() => Text;
}
