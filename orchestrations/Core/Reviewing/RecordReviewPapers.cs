using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the advice for the review meeting was sent to everyone invited.</summary>
/// <param name="On">Day on which the last person invited was sent the advice.</param>
/// <param name="Papers">What was sent.</param>
public sealed record RecordReviewPapers(DateOnly On, string Papers) : AssessmentInput, IStep<RecordReviewPapers>
{
    public static StepDefinition<RecordReviewPapers> Definition { get; } = new("record-review-papers", "Record that the advice for the review meeting was sent")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(4), 21(4)",
        Example = """{ "on": "2027-04-23", "papers": "The school's report, the therapist's report and the family's views." }""",
        Days = x => [x.Past("On", "The day on which the advice was sent", i => i.On, (s, _) => DatedFacts.ReviewBeforeLast(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.Last(d, "Recording the papers") is { } review
            && InputChecks.Text(d, Papers, "What was sent")
            && d.Require(review.PapersSentOn is null, "already-recorded", "The sending of the advice is already on record."))
        {
            d.Happened(new ReviewPapersSent(review.Number, On, Papers, [.. ReviewAdvice.Of(d.State, review.Number).Where(a => a.ReceivedOn <= On).Select(a => a.Id)]));
        }
    }
}

/// <summary>The advice for the review meeting was sent to everyone invited.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="On">Day on which the last person invited was sent the advice.</param>
/// <param name="Papers">What was sent.</param>
/// <param name="Advice">Ids of the advice for the review that had arrived through the hub by that day, or null in records from before the
/// hub requested such advice.</param>
public sealed record ReviewPapersSent(int Number, DateOnly On, string Papers, IReadOnlyList<string>? Advice = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reviewPapersSent", "The advice for the review meeting was sent to everyone invited.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => ReviewSteps.With(state, Number, r => r with { PapersSentOn = On });

    public override string Describe(TimelineContext context) => $"The advice for the meeting of review {Number} was sent by {Day(On)}.";

    public override string? Note() => Papers;
}
