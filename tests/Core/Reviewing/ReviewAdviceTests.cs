using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Reviewing;

/// <summary>Advice for a review: asked, answered, chased and withdrawn as in an assessment, with the last day of the meeting's papers.</summary>
public sealed class ReviewAdviceTests
{
    private static readonly Agency Trust = Cases.Hospital;

    [Fact]
    public void It_is_due_with_the_papers_and_names_the_paragraphs_of_the_rule_set()
    {
        var life = Asked();

        var request = life.State.Requests[^1];
        Assert.Equal((1, AdviceKind.Medical, RequestStatus.Delivered, "regs 20(4), 21(4)"), (request.Review!.Value, request.Kind, request.Status, request.LegalBasis));
        Assert.Equal(Disputed.Limit(life, "reviewPapers").Limit.Due, Orchestrations.Assessments.Chasing.DueDay(life.State, request, life.Rules));
        Assert.Contains("two weeks before its meeting", AnswerDuties.SentenceFor(request), StringComparison.Ordinal);
        Assert.DoesNotContain("{basis}", AnswerDuties.SentenceFor(request), StringComparison.Ordinal);
        Assert.Contains(life.Effects.OfType<SendAdviceRequest>(), effect => effect.RequestId == request.Id);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), limit => limit.Limit.Key == $"advice:{request.Id}");
    }

    [Fact]
    public void The_answer_is_the_reviews_and_not_a_source_of_the_plan_and_goes_into_its_papers()
    {
        var life = Asked();
        var request = life.State.Requests[^1];
        life.Do(new AcknowledgeAdviceRequest(request.Id), Cases.As(Trust)).Do(new SubmitAdvice(request.Id, Cases.Content(life.Today)), Cases.As(Trust));
        life.Do(new RecordReviewPapers(life.Today, "Everybody's advice."));

        Assert.Equal((1, request.Id), (life.State.Advice[^1].Review!.Value, life.State.Advice[^1].RequestId));
        Assert.Equal([life.State.Advice[^1].Id], life.Events.OfType<ReviewPapersSent>().Single().Advice!);
        Assert.Equal(RequestStatus.Received, life.State.Requests[^1].Status);

        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        Reviewed.Decided(life, ReviewChoice.Amend, 3);
        life.On(life.Today.AddDays(20)).Do(new FinaliseAmendedPlan("A. Officer"));
        Assert.DoesNotContain(life.State.NewestPlan!.Sections.SelectMany(section => section.Lines), line => line.Id.StartsWith(request.Id + ".", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_cannot_say_that_it_comes_from_advice_that_no_plan_lists()
    {
        var life = Asked();
        life.Do(new SubmitAdvice(life.State.Requests[^1].Id, Cases.Content(life.Today)), Cases.As(Trust));
        var advice = life.State.Advice[^1];
        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        var outcome = life.State.NewestPlan!.Section(PlanSectionLetter.E).Lines[0].Id;
        EditPlan Line(string id, string? from) => new(
            id, "Taken from the review.", PlanEditCause.Officer, Section: PlanSectionLetter.F, NewText: "Sits at the front.", Who: "Teacher", HowOften: "Every lesson", HowLong: "All of it", Answers: [outcome], ReadFromAdvice: from);

        life.Refused("not-a-source", Line("e1", advice.Id));
        life.Refused("unknown-advice", Line("e1", "never-came"));

        life.Do(Line("e1", null));
        Reviewed.Decided(life, ReviewChoice.Amend, 3);
        life.On(life.Today.AddDays(20)).Do(new FinaliseAmendedPlan("A. Officer"));
        Assert.Equal("Sits at the front.", life.State.NewestPlan!.Section(PlanSectionLetter.F).Lines.Single(line => line.Id == "e1").Text);
    }

    [Fact]
    public void What_comes_after_the_papers_is_a_matter_for_the_officer_and_what_comes_after_the_decision_is_not_taken()
    {
        var life = Asked();
        var request = life.State.Requests[^1];
        life.Do(new RequestReviewAdvice(AdviceKind.Educational, Cases.School));
        life.Do(new RecordReviewPapers(life.Today, "What had come."));
        life.Do(new SubmitAdvice(request.Id, Cases.Content(life.Today)));
        Assert.Contains(life.State.Attention, matter => matter.Id == $"papers-{life.State.Advice[^1].Id}");

        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        Reviewed.Decided(life, ReviewChoice.Keep, 3);
        var open = life.State.Requests[^1];
        Assert.Equal((RequestStatus.Withdrawn, "The review was decided."), (open.Status, open.StatusReason));
        Assert.Contains(life.Effects.OfType<SendWithdrawal>(), effect => effect.RequestId == open.Id);
        life.Refused("ended", new SubmitAdvice(open.Id, Cases.Content(life.Today)));
        life.Refused("ended", new SubmitAdvice(request.Id, Cases.Content(life.Today, "listening")));
    }

    [Fact]
    public void It_is_chased_until_the_meeting_and_not_after_it()
    {
        var life = Asked(daysAhead: 60);
        var request = life.State.Requests[^1];
        var due = Orchestrations.Assessments.Chasing.DueDay(life.State, request, life.Rules);
        life.On(due.AddDays(1));
        Assert.Contains(life.Events.OfType<ChaseStepTaken>(), step => step.RequestId == request.Id && step.Step == "remind-2-weeks-before");
        Assert.Contains(life.Events.OfType<ChaseStepTaken>(), step => step.RequestId == request.Id && step.Step == "remind-overdue");

        life.On(life.State.Reviews[^1].MeetingOn).Do(Reviewed.Meeting(life));
        var told = life.Events.OfType<ChaseStepTaken>().Count();
        life.On(life.Today.AddDays(20));
        Assert.Equal(told, life.Events.OfType<ChaseStepTaken>().Count());
    }

    [Fact]
    public void Asked_too_late_for_the_papers_it_is_due_before_the_meeting_and_a_meeting_that_moves_is_told_again()
    {
        var life = Asked(daysAhead: 10);
        var request = life.State.Requests[^1];
        Assert.Equal(life.State.Reviews[^1].MeetingOn.AddDays(-1), Orchestrations.Assessments.Chasing.DueDay(life.State, request, life.Rules));

        var sent = life.Effects.OfType<SendAdviceRequest>().Count(effect => effect.RequestId == request.Id);
        life.Do(new ArrangeReview(life.Today.AddDays(40), ReviewArranger.School, Reviewed.Everyone));
        Assert.Equal(sent + 1, life.Effects.OfType<SendAdviceRequest>().Count(effect => effect.RequestId == request.Id));
        Assert.Equal(life.Today.AddDays(26), Orchestrations.Assessments.Chasing.DueDay(life.State, request, life.Rules));
    }

    [Fact]
    public void Nobody_is_asked_without_a_review_twice_or_in_the_familys_place()
    {
        var issued = Disputed.Issued();
        issued.Refused("no-review", new RequestReviewAdvice(AdviceKind.Medical, Trust));

        var life = Asked();
        life.Refused("already-asked", new RequestReviewAdvice(AdviceKind.Medical, Trust));
        life.Refused("family-is-asked", new RequestReviewAdvice(AdviceKind.FamilyViews, Trust));
        life.Refused("no-address", new RequestReviewAdvice(AdviceKind.Other, new Agency { Id = Cases.Parse<AgencyId>("person:330/p1"), Name = "A person" }));
        life.Refused("for-a-review", new RecordMissedAppointment(life.State.Requests[^1].Id, life.Today));
        life.On(life.State.Reviews[^1].MeetingOn);
        life.Refused("meeting-held", new RequestReviewAdvice(AdviceKind.SocialCare, Cases.SocialCare));
    }

    [Fact]
    public void A_declined_request_may_be_made_again_and_a_plan_that_is_handed_on_asks_nobody_any_more()
    {
        var life = Asked();
        life.Do(new DeclineAdviceRequest(life.State.Requests[^1].Id, "Discharged.")).Do(new RequestReviewAdvice(AdviceKind.Medical, Trust));
        Assert.Equal(2, life.State.Requests.Count(one => one.Review == 1));

        life.Do(new RecordAct(Act.PlanHandedOn, life.Today, "By the package."));
        Assert.Equal(RequestStatus.Withdrawn, life.State.Requests[^1].Status);
        life.Refused("ended", new SubmitAdvice(life.State.Requests[^1].Id, Cases.Content(life.Today)));
    }

    private static Life Asked(int daysAhead = 30) => Reviewed.Arranged(Disputed.Issued(), daysAhead).Do(new RequestReviewAdvice(AdviceKind.Medical, Trust));
}
