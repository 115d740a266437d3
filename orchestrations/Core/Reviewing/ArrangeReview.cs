using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who is invited to a review meeting, regs 20(2) and 21(2).</summary>
public enum ReviewInvitee
{
    /// <summary>The child's parent or the young person.</summary>
    Family,

    /// <summary>The head, the principal or the early years lead.</summary>
    Setting,

    /// <summary>An officer of the council who exercises its functions in education.</summary>
    CouncilOfficer,

    /// <summary>A health professional named by the ICB.</summary>
    HealthProfessional,

    /// <summary>An officer of the council's social services.</summary>
    SocialCare,
}

/// <summary>Arrange the meeting of a review, or move the meeting before it is held. Everyone invited for the earlier day is invited
/// again.</summary>
/// <param name="MeetingOn">Day of the meeting.</param>
/// <param name="ArrangedBy">Who holds the meeting.</param>
/// <param name="Invited">Who is invited.</param>
/// <param name="Others">Who else is invited, by role, or null for nobody.</param>
/// <param name="EarlyBecause">Why the meeting is held before it is due, or null if the meeting is not early.</param>
/// <param name="Place">Time and place, for the invitations to a meeting that the council holds.</param>
public sealed record ArrangeReview(
    DateOnly MeetingOn, ReviewArranger ArrangedBy, IReadOnlyList<ReviewInvitee> Invited, string? Others = null, string? EarlyBecause = null, string? Place = null)
    : AssessmentInput, IStep<ArrangeReview>
{
    public static StepDefinition<ArrangeReview> Definition { get; } = new("arrange-review", "Arrange the meeting of a review, or move it")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44; SEND Regs 2014 regs 20(2), 21(2)",
        Example = """
            { "meetingOn": "2027-05-10", "arrangedBy": "school", "invited": ["family", "setting", "councilOfficer", "healthProfessional", "socialCare"] }
            """,
        Days = x => [x.Planned("MeetingOn", "The day of the review meeting", i => i.MeetingOn, (s, _) => DatedFacts.ReviewBefore(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (!MaintainedPlan.Require(d, "Arranging a review")
            || !Detentions.RequireNotDetained(d, "Arranging a review")
            || !(Others is null || InputChecks.Text(d, Others, "Who else is invited"))
            || !(EarlyBecause is null || InputChecks.Text(d, EarlyBecause, "Why the meeting is held early"))
            || !(Place is null || InputChecks.Text(d, Place, "Time and place")))
        {
            return;
        }

        var current = Reviews.Current(d.State);
        var moves = current is { DecidedOn: null };
        if (!d.Require(!moves || current!.HeldOn is null, "meeting-held", "The meeting of this review was held. First decide what follows the review.")
            || !d.Require(moves || current is null || Reviews.NotifiedOn(d.State, current) is not null, "not-notified", "The decision after the previous review has not been sent to everybody yet.")
            || !d.Require(
                Enum.GetValues<ReviewInvitee>().Where(i => i != ReviewInvitee.Setting || d.Facts.Setting is not null || d.State.Placement?.Institution is not null).All(Invited.Contains),
                "not-invited",
                "Invite all of these: the family, the head of the place attended, an officer of the council, a health professional and social care.")
            || !d.Require(Invited.Distinct().Count() == Invited.Count, "invited-twice", "Somebody is named twice.")
            || !d.Require(ArrangedBy == ReviewArranger.Council || Invited.Contains(ReviewInvitee.Setting), "no-school", "There is no school or setting that could hold the meeting.")
            || !d.Require(!moves || current!.MeetingOn != MeetingOn || current.ArrangedBy != ArrangedBy, "already-arranged", "The meeting is already arranged in this way."))
        {
            return;
        }

        d.Happened(new ReviewArranged(moves ? current!.Number : d.State.Reviews.Count + 1, MeetingOn, ArrangedBy, Invited, Others, EarlyBecause));
        if (moves && current!.MeetingOn != MeetingOn)
        {
            // Everyone who was asked for advice is asked again, with the new day of the meeting and the new last day.
            foreach (var request in d.State.Requests.Where(r => r is { IsOpen: true, Agency: not null } && r.Review == current.Number).ToList())
            {
                d.AddEffect(new SendAdviceRequest(request.Id, request.Agency!.Id));
            }
        }

        IcbRequests.Comply(d, IcbStatement.AsksToReview);
        if (d.State.Attention.Any(a => a.Id == Detentions.ReviewTask))
        {
            d.Happened(new AttentionResolved(Detentions.ReviewTask, "arranged"));
        }

        if (ArrangedBy == ReviewArranger.Council && MeetingOn >= d.Today)
        {
            WorkingLetters.InviteToReview(d, MeetingOn, Place);
        }
    }
}

/// <summary>The meeting of a review was arranged, or moved to another day.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="MeetingOn">Day of the meeting.</param>
/// <param name="ArrangedBy">Who holds the meeting.</param>
/// <param name="Invited">Who is invited.</param>
/// <param name="Others">Who else is invited.</param>
/// <param name="EarlyBecause">Why the meeting is held before it is due.</param>
public sealed record ReviewArranged(
    int Number, DateOnly MeetingOn, ReviewArranger ArrangedBy, IReadOnlyList<ReviewInvitee> Invited, string? Others = null, string? EarlyBecause = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("reviewArranged", "The meeting of a review was arranged, or moved to another day.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state.Reviews.Any(r => r.Number == Number)
        ? ReviewSteps.With(state, Number, r => r with { MeetingOn = MeetingOn, ArrangedBy = ArrangedBy, InvitedOn = r.MeetingOn == MeetingOn ? r.InvitedOn : null })
        : state with { Reviews = With(state.Reviews, new PlanReview { Number = Number, MeetingOn = MeetingOn, ArrangedBy = ArrangedBy }) };

    public override string Describe(TimelineContext context) => $"The meeting of review {Number} is arranged for {Day(MeetingOn)} and will be held by {ReviewSteps.Of(ArrangedBy)}.";

    public override string? Note() => (Others, EarlyBecause) switch
    {
        (null, null) => null,
        (null, { } early) => $"Early: {early}",
        ({ } others, null) => $"Also invited: {others}",
        var (others, early) => $"Also invited: {others}\nEarly: {early}",
    };
}
