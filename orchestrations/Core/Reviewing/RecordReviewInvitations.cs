using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that everyone who must be invited to the review meeting was given notice of the day.</summary>
/// <param name="On">Day on which the last person was invited.</param>
public sealed record RecordReviewInvitations(DateOnly On) : AssessmentInput, IStep<RecordReviewInvitations>
{
    public static StepDefinition<RecordReviewInvitations> Definition { get; } = new("record-review-invitations", "Record that everyone was invited to the review meeting")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(3), 21(3)",
        Example = """{ "on": "2027-04-19" }""",
        Days = x => [x.Past("On", "The day of the invitations", i => i.On, (s, _) => DatedFacts.ReviewBeforeLast(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.Last(d, "Recording invitations") is { } review && d.Require(review.InvitedOn is null, "already-recorded", "The invitations are already on record."))
        {
            d.Happened(new ReviewInvitationsSent(review.Number, On));
        }
    }
}

/// <summary>Everyone was invited to the review meeting.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="On">Day on which the last person was invited.</param>
public sealed record ReviewInvitationsSent(int Number, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reviewInvitationsSent", "Everyone was invited to the review meeting.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => ReviewSteps.With(state, Number, r => r with { InvitedOn = On });

    public override string Describe(TimelineContext context) => $"Everyone was invited to the meeting of review {Number} by {Day(On)}.";
}
