using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The state of an outcome of the plan.</summary>
public enum OutcomeStatus
{
    /// <summary>The outcome was met.</summary>
    Met,

    /// <summary>The outcome is on track to be met.</summary>
    OnTrack,

    /// <summary>The outcome was not met.</summary>
    NotMet,
}

/// <summary>What the meeting found about one outcome.</summary>
/// <param name="Line">Id of the outcome's line in section E.</param>
/// <param name="Standing">State of the outcome.</param>
/// <param name="Comment">What was said about the outcome, or null if nothing was said.</param>
public sealed record OutcomeReviewed(string Line, OutcomeStatus Standing, string? Comment = null);

/// <summary>What the meeting found about one line of provision.</summary>
/// <param name="Line">Id of the line in section F, G, H1 or H2.</param>
/// <param name="Delivered">Whether the provision was delivered as the plan says.</param>
/// <param name="Why">Why the provision was not delivered, or null if it was.</param>
public sealed record ProvisionReviewed(string Line, bool Delivered, string? Why = null);

/// <summary>Record that the meeting of a review was held. Every outcome and every line of provision of the plan in force must be
/// reviewed.</summary>
/// <param name="On">Day of the meeting.</param>
/// <param name="Attended">Who attended, by role.</param>
/// <param name="Outcomes">The finding on each outcome.</param>
/// <param name="Provision">The finding on each line of provision.</param>
/// <param name="FamilyViews">The views of the child's parent.</param>
/// <param name="ChildViews">The views of the child or young person.</param>
/// <param name="PreparationForAdulthood">What was said about preparing for adulthood and independent living. This must be recorded in Year
/// 9 and after.</param>
public sealed record RecordReviewMeeting(
    DateOnly On,
    string Attended,
    IReadOnlyList<OutcomeReviewed> Outcomes,
    IReadOnlyList<ProvisionReviewed> Provision,
    string FamilyViews,
    string ChildViews,
    string? PreparationForAdulthood = null) : AssessmentInput, IStep<RecordReviewMeeting>
{
    public static StepDefinition<RecordReviewMeeting> Definition { get; } = new("record-review-meeting", "Record the meeting of a review")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(5)-(6), 21(5)-(6)",
        Example = """
            {
              "on": "2027-05-10",
              "attended": "The family, the school, the council's officer and the therapist.",
              "outcomes": [{ "line": "medical-1.1/o1", "standing": "onTrack", "comment": "Uses the aids in most lessons." }],
              "provision": [{ "line": "medical-1.1/p1", "delivered": false, "why": "The therapist's post was vacant in spring." }],
              "familyViews": "The family is content with the school.",
              "childViews": "Likes the small group."
            }
            """,
        Days = x => [x.Past("On", "The day of the review meeting", i => i.On, (s, _) => DatedFacts.ReviewBefore(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.UnderWay(d, "Recording the meeting") is { } review
            && d.Require(review.HeldOn is null, "already-recorded", "The meeting of this review is already on record.")
            && InputChecks.Text(d, Attended, "Who attended")
            && InputChecks.Text(d, FamilyViews, "The family's views")
            && InputChecks.Text(d, ChildViews, "The child's or young person's views")
            && (PreparationForAdulthood is null || InputChecks.Text(d, PreparationForAdulthood, "What was said about preparing for adulthood"))
            && d.Require(
                PreparationForAdulthood is not null || !Age.InOrBeyondYear9(d.Facts.Child.DateOfBirth, On),
                "adulthood-missing",
                "In and beyond Year 9 the meeting must consider preparation for adulthood and independent living. Record what was said about this preparation.")
            && EachOnce(d, "outcome", Outcomes.Select(o => o.Line), letter => letter == PlanSectionLetter.E)
            && EachOnce(d, "line of provision", Provision.Select(p => p.Line), PlanLinks.IsProvision)
            && Outcomes.All(o => o.Comment is null || InputChecks.Text(d, o.Comment, $"What was said about {o.Line}"))
            && Provision.All(p => p.Delivered ? p.Why is null || InputChecks.Text(d, p.Why, $"The comment on {p.Line}") : InputChecks.Text(d, p.Why, $"Why {p.Line} was not delivered")))
        {
            d.Happened(new PlanReviewMeetingHeld(review.Number, On, Attended, Outcomes, Provision, FamilyViews, ChildViews, PreparationForAdulthood));
        }
    }

    private static bool EachOnce(Deciding d, string what, IEnumerable<string> named, Func<PlanSectionLetter, bool> isIn)
    {
        var lines = named.ToList();
        var inPlan = d.State.NewestPlan is { } plan ? plan.Sections.Where(s => isIn(s.Letter)).SelectMany(s => s.Lines).Select(l => l.Id).ToList() : [];
        return d.Require(lines.Distinct().Count() == lines.Count, "line-twice", $"One {what} is named twice.")
            && d.Require(lines.TrueForAll(inPlan.Contains), "unknown-line", $"There is no such {what} in the plan: {string.Join(", ", lines.Except(inPlan).Take(3))}.")
            && d.Require(inPlan.TrueForAll(lines.Contains), "line-not-reviewed", $"Review each {what} of the plan. Missing: {string.Join(", ", inPlan.Except(lines).Take(10))}.");
    }
}

/// <summary>The meeting of a review was held.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="On">Day of the meeting.</param>
/// <param name="Attended">Who attended.</param>
/// <param name="Outcomes">The finding on each outcome.</param>
/// <param name="Provision">The finding on each line of provision.</param>
/// <param name="FamilyViews">The views of the child's parent.</param>
/// <param name="ChildViews">The views of the child or young person.</param>
/// <param name="PreparationForAdulthood">What was said about preparing for adulthood.</param>
public sealed record PlanReviewMeetingHeld(
    int Number,
    DateOnly On,
    string Attended,
    IReadOnlyList<OutcomeReviewed> Outcomes,
    IReadOnlyList<ProvisionReviewed> Provision,
    string FamilyViews,
    string ChildViews,
    string? PreparationForAdulthood = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planReviewMeetingHeld", "The meeting of a review was held, with a finding on each outcome and each line of provision.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => ReviewSteps.With(state, Number, r => r with { HeldOn = On });

    public override string Describe(TimelineContext context)
    {
        if (Outcomes.Count + Provision.Count == 0)
        {
            return $"The meeting of review {Number} was held on {Day(On)}. No lines of the plan were on record, so none were reviewed.";
        }

        var undelivered = Provision.Count(p => !p.Delivered);
        return $"The meeting of review {Number} was held on {Day(On)}: {Outcomes.Count(o => o.Standing != OutcomeStatus.NotMet)} of {Outcomes.Count} outcomes met or on track, "
            + $"{(undelivered == 0 ? "all provision delivered" : $"{undelivered} of {Provision.Count} lines of provision not delivered")}.";
    }

    public override string? Note() => string.Join(
        '\n',
        [
            $"Attended: {Attended}",
            $"Family: {FamilyViews}",
            $"Child or young person: {ChildViews}",
            .. PreparationForAdulthood is { } adulthood ? [$"Preparing for adulthood: {adulthood}"] : Array.Empty<string>(),
            .. Outcomes.Select(o => $"{o.Line}: {Of(o.Standing)}{(o.Comment is { } said ? $". {said}" : "")}"),
            .. Provision.Select(p => $"{p.Line}: {(p.Delivered ? "delivered" : "not delivered")}{(p.Why is { } why ? $". {why}" : "")}"),
        ]);

    private static string Of(OutcomeStatus standing) => standing switch
    {
        OutcomeStatus.Met => "met",
        OutcomeStatus.OnTrack => "on track",
        _ => "not met",
    };
}
