using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the report of the review meeting was sent to everyone invited.</summary>
/// <param name="SentOn">Day on which the last person invited was sent the report.</param>
/// <param name="Recommends">What the report recommends.</param>
/// <param name="Report">What the report says, with the amendments that it recommends.</param>
public sealed record RecordReviewReport(DateOnly SentOn, ReviewChoice Recommends, string Report) : AssessmentInput, IStep<RecordReviewReport>
{
    public static StepDefinition<RecordReviewReport> Definition { get; } = new("record-review-report", "Record that the report of the review meeting was sent")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(7)-(8), 21(7)",
        Example = """{ "sentOn": "2027-05-20", "recommends": "amend", "report": "The provision in section F is to be weekly." }""",
        Days = x => [x.Past("SentOn", "The day on which the report was sent", i => i.SentOn, (s, _) => DatedFacts.ReviewHeld(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.LastHeld(d, "Recording the report") is { } review
            && InputChecks.Text(d, Report, "The report")
            && d.Require(review.ReportSentOn is null, "already-recorded", "The report of this review is already on record."))
        {
            d.Happened(new ReviewReportSent(review.Number, SentOn, Recommends, Report));
        }
    }
}

/// <summary>The report of the review meeting was sent.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="SentOn">Day on which the last person invited was sent the report.</param>
/// <param name="Recommends">What the report recommends.</param>
/// <param name="Report">What the report says.</param>
public sealed record ReviewReportSent(int Number, DateOnly SentOn, ReviewChoice Recommends, string Report) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reviewReportSent", "The report of the review meeting was sent to everyone invited.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => ReviewSteps.With(state, Number, r => r with { ReportSentOn = SentOn, Recommended = Recommends });

    public override string Describe(TimelineContext context) => $"The report of review {Number} was sent by {Day(SentOn)}. The report recommends that the council should {ReviewSteps.Of(Recommends)}.";

    public override string? Note() => Report;
}
