using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Cases whose plan is reviewed.</summary>
internal static class Reviewed
{
    internal static readonly ReviewInvitee[] Everyone = Enum.GetValues<ReviewInvitee>();

    /// <summary>A review whose meeting was arranged.</summary>
    /// <param name="issued">A case with an issued plan.</param>
    /// <param name="daysAhead">Days from today until the meeting.</param>
    /// <param name="daysAfterPlan">Days from the issue of the plan until today.</param>
    internal static Life Arranged(Life issued, int daysAhead = 30, int daysAfterPlan = 250)
    {
        issued.On(issued.Today.AddDays(daysAfterPlan));
        return issued.Do(new ArrangeReview(issued.Today.AddDays(daysAhead), ReviewArranger.School, Everyone));
    }

    /// <summary>Invited, with papers, and held on its day.</summary>
    internal static Life Held(Life life)
    {
        life.Do(new RecordReviewInvitations(life.Today)).Do(new RecordReviewPapers(life.Today, "Everybody's advice."));
        life.On(life.State.Reviews[^1].MeetingOn);
        return life.Do(Meeting(life));
    }

    /// <summary>Decided, and told to everybody, this many days after the meeting.</summary>
    internal static Life Decided(Life life, ReviewChoice decision, int daysLater)
    {
        life.On(life.Today.AddDays(daysLater));
        life.Do(Decision(decision));
        return life.HandOverAll();
    }

    internal static DecideAfterReview Decision(ReviewChoice decision) => new(
        decision, "On the report.", decision == ReviewChoice.Amend ? "Weekly therapy." : null, decision == ReviewChoice.Cease ? "By letter, both." : null);

    internal static RecordReviewMeeting Meeting(Life life) => new(
        life.Today,
        "The family, the school and the council.",
        [.. Lines(life, PlanSectionLetter.E).Select(line => new OutcomeReviewed(line, OutcomeStatus.OnTrack))],
        [.. Lines(life, PlanSectionLetter.F, PlanSectionLetter.G, PlanSectionLetter.H1, PlanSectionLetter.H2).Select(line => new ProvisionReviewed(line, true))],
        "Content with the school.",
        "Likes the small group.",
        "What comes after school was spoken of.");

    private static IEnumerable<string> Lines(Life life, params PlanSectionLetter[] sections) =>
        (life.State.NewestPlan?.Sections ?? []).Where(s => sections.Contains(s.Letter)).SelectMany(s => s.Lines).Select(l => l.Id);
}
