using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Ceasing;

/// <summary>A plan that is to cease: both are consulted, all are told, and it is maintained until the time to appeal has ended or the appeal is decided.</summary>
public class CeasingTests
{
    [Fact]
    public void Nobody_decides_before_both_were_asked_and_had_time_to_answer()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.Refused("not-considered", new DecideOnCeasing(true, "Over."));
        life.Refused("no-time-to-answer", new ConsiderCeasing(CeasingReason.Other, "Over.", life.Today));
        life.On(life.Today.AddDays(100)).Do(new ConsiderCeasing(CeasingReason.NeedsMetWithoutPlan, "Over.", life.Today.AddDays(21)));
        Assert.Equal([RecipientRole.Family, RecipientRole.NamedInstitution], life.State.Notices.Where(n => n.Kind == NoticeKind.CeasingConsidered).Select(n => n.To).Order());
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "ceaseConsult").Standing);
        life.Refused("not-consulted", new DecideOnCeasing(true, "Over."));
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "ceaseConsult").Standing);
        life.Refused("still-consulted", new DecideOnCeasing(true, "Over."));
        life.Do(new RecordCeasingView(RecipientRole.Family, life.Today, "We agree."));
        life.Refused("still-consulted", new DecideOnCeasing(true, "Over."));
        life.Do(new RecordCeasingView(RecipientRole.NamedInstitution, life.Today, "The school agrees."));

        life.Do(new DecideOnCeasing(true, "Over."));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "ceaseNotify").Standing);
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "ceaseNotify").Standing);
        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution], life.State.Notices.Where(n => n.Kind == NoticeKind.PlanCeases).Select(n => n.To).Order());
    }

    [Fact]
    public void The_plan_is_kept_and_reviewed_until_the_time_to_appeal_has_ended_and_a_person_says_that_it_has_ceased()
    {
        var life = Amended.ToCease(Disputed.Issued());
        var last = Disputed.Limit(life, "appeal").Limit.Due!.Value;
        Assert.Equal((life.Today, last), (Disputed.Limit(life, "appeal").Limit.From, CeasingPlan.MaintainedUntil(life.State, life.Rules)));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "firstReview").Standing);
        Assert.Contains($"The plan is maintained, with all the help in it, until at least the end of {Words.Day(last, true)}", StatusLine.Of(life.State, life.Today, life.Rules), StringComparison.Ordinal);
        life.On(last).Refused("appeal-may-come", new RecordPlanCeased(last));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "plan-may-have-ceased");

        life.On(last.AddDays(1));
        Assert.Contains(life.State.Attention, a => a.Id == "plan-may-have-ceased");
        Assert.False(HasCeased(life));
        life.Do(new RecordPlanCeased(last.AddDays(1)));

        Assert.DoesNotContain(life.State.Attention, a => a.Id == "plan-may-have-ceased");
        Assert.Equal((true, CeasingReason.HigherEducation, 3), (HasCeased(life), life.State.Ceasing!.Reason, (int)life.State.Ceasing.Reason));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "firstReview").Standing);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Standing == LimitStatus.Open);
        life.Refused("plan-ceased", new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));
        life.Refused("plan-ceased", new ProposeAmendments("A report.", "More."));
    }

    [Theory]
    [InlineData(AppealStep.Dismissed, null, true)]
    [InlineData(AppealStep.Ordered, Remedy.CeasePlan, true)]
    [InlineData(AppealStep.Ordered, Remedy.ContinuePlan, false)]
    [InlineData(AppealStep.Conceded, Remedy.ContinuePlan, false)]
    public void While_an_appeal_is_not_decided_the_plan_is_kept(AppealStep end, Remedy? remedy, bool ceases)
    {
        var life = Amended.ToCease(Disputed.Issued());
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        life.On(life.Today.AddDays(30)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Assert.Null(CeasingPlan.MaintainedUntil(life.State, life.Rules));
        Assert.Contains("until the appeal is decided", StatusLine.Of(life.State, life.Today, life.Rules), StringComparison.Ordinal);
        life.On(last.AddDays(60)).Refused("appeal-pending", new RecordPlanCeased(life.Today));

        life.Do(new NoteAppeal(end, life.Today, remedy, BeforeResponse: end == AppealStep.Conceded ? true : null));
        life.On(life.Today.AddDays(1));
        if (ceases)
        {
            life.Do(new RecordPlanCeased(life.Today));
        }
        else
        {
            life.Refused("not-decided", new RecordPlanCeased(life.Today));
        }

        Assert.Equal(ceases, HasCeased(life));
        if (remedy == Remedy.CeasePlan)
        {
            // The day after the order is the first day without the plan: it ceased at once, as ordered.
            Assert.Equal((LimitStatus.Met, (DateOnly?)life.Today.AddDays(-1)), (Disputed.Limit(life, "orderCeasePlan").Standing, Disputed.Limit(life, "orderCeasePlan").MetOn));
            Assert.DoesNotContain(life.State.Attention, a => a.Id == "remedy-CeasePlan");
        }
    }

    [Fact]
    public void The_end_of_an_appeal_about_something_else_does_not_decide_the_one_about_ceasing()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Amended.ToCease(life);
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents));
        Assert.Equal(last, CeasingPlan.MaintainedUntil(life.State, life.Rules));
        life.Refused("appeal-may-come", new RecordPlanCeased(life.Today));

        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(last.AddDays(60)).Refused("appeal-pending", new RecordPlanCeased(life.Today));
        life.Do(new NoteAppeal(AppealStep.Dismissed, life.Today));
        Assert.Equal(life.Today, CeasingPlan.MaintainedUntil(life.State, life.Rules));
    }

    [Theory]
    [InlineData(AppealStep.Dismissed, AppealStep.Dismissed)]
    [InlineData(AppealStep.Withdrawn, AppealStep.Dismissed)]
    public void Where_two_appeals_run_the_plan_is_kept_until_both_have_ended(AppealStep first, AppealStep second)
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Amended.ToCease(life);
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(last.AddDays(60)).Refused("which-appeal", new NoteAppeal(first, life.Today));
        life.Do(new NoteAppeal(first, life.Today, Appeal: 1));
        Assert.Null(CeasingPlan.MaintainedUntil(life.State, life.Rules));
        life.Refused("appeal-pending", new RecordPlanCeased(life.Today));

        // The same said again is the same; that another one ended on the same day is said.
        life.Refused(first == second ? "already-noted" : "not-another", new NoteAppeal(second, life.Today, Another: first == second ? null : true));
        var other = new NoteAppeal(second, life.Today, Another: first == second ? true : null);
        life.Do(other).Refused("already-noted", new NoteAppeal(second, life.Today));
        life.Refused("already-noted", other);
        life.On(life.Today.AddDays(1)).Do(new RecordPlanCeased(life.Today));
        Assert.True(HasCeased(life));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4)]
    public void Of_two_appeals_that_ended_alike_on_one_day_the_one_that_is_named_is_corrected(int? earlier)
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Amended.ToCease(life);
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(life.Today.AddDays(60)).Do(new NoteAppeal(AppealStep.Dismissed, life.Today, Appeal: 1)).Do(new NoteAppeal(AppealStep.Dismissed, life.Today, Another: true));
        var wrong = life.Today;
        DateOnly? day = earlier is { } days ? wrong.AddDays(-days) : null;
        CorrectRecord Correct(int? number) => new(MistakenRecord.Appeal, wrong, "It was the other appeal.", day, "dismissed", number);
        IEnumerable<DateOnly> Dismissed(AssessmentState state) => state.Appeal.Where(a => a.Step == AppealStep.Dismissed).Select(a => a.On);

        life.Refused("several-such-records", Correct(null));
        life.Refused("no-such-record", Correct(0));
        life.Refused("no-such-record", Correct(3));
        Assert.Equal(day is { } all ? [all, all] : [], Dismissed(new RecordCorrected(MistakenRecord.Appeal, wrong, "Before there were numbers.", day, "dismissed").Apply(life.State)));
        life.Do(Correct(2));
        Assert.Equal(day is { } moved ? [wrong, moved] : [wrong], Dismissed(life.State));

        // The same said again corrects nothing else.
        life.Refused("no-such-record", Correct(2));
        life.Refused("only-one-record", Correct(1));
        if (day is null)
        {
            life.Refused("appeal-pending", new RecordPlanCeased(life.Today));
        }

        life.Do(Correct(null));
        Assert.Equal(day is { } both ? [both, both] : [], Dismissed(life.State));
    }

    [Fact]
    public void An_appeal_that_is_withdrawn_leaves_the_rest_of_the_time()
    {
        var life = Amended.ToCease(Disputed.Issued());
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(new NoteAppeal(AppealStep.Withdrawn, life.Today));

        Assert.Equal(last, CeasingPlan.MaintainedUntil(life.State, life.Rules));
        life.Refused("appeal-may-come", new RecordPlanCeased(life.Today));
    }

    [Fact]
    public void Without_a_sent_notice_no_time_runs_and_the_plan_does_not_cease()
    {
        var life = Amended.Considered(Disputed.Issued(Disputed.ByPost));
        life.On(life.Today.AddDays(22)).Do(new DecideOnCeasing(true, "Over."));
        life.On(life.Today.AddDays(400)).Refused("appeal-may-come", new RecordPlanCeased(life.Today));
    }

    [Fact]
    public void After_a_death_no_letter_goes_and_the_plan_ends_at_once()
    {
        var life = Disputed.Issued();
        var notices = life.State.Notices.Count;
        life.Refused("no-letters", new ConsiderCeasing(CeasingReason.Died, "Told by the school.", life.Today.AddDays(21)));
        life.On(life.Today.AddDays(10)).Do(new RecordPlanCeased(life.Today, Died: true));

        Assert.Equal((notices, 8), (life.State.Notices.Count, (int)life.State.Ceasing!.Reason));
    }

    [Fact]
    public void A_child_who_is_not_in_education_keeps_the_plan_and_a_young_person_is_reviewed_first()
    {
        var child = Disputed.Issued();
        child.Refused("review-instead", new ConsiderCeasing(CeasingReason.NoLongerWishes, "Not in school.", child.Today.AddDays(21)));
        child.Refused("move-instead", new ConsiderCeasing(CeasingReason.Transferred, "Moved.", child.Today.AddDays(21)));

        var facts = Cases.Facts with { Route = RequestRoute.YoungPerson, Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2006, 3, 1) } };
        var adult = Amended.Considered(Disputed.Issued(facts), CeasingReason.NoLongerWishes);
        adult.On(adult.Today.AddDays(22)).Refused("review-first", new DecideOnCeasing(true, "Works."));
        adult.Do(new DecideOnCeasing(false, "Wishes to return."));
        Assert.Null(CeasingPlan.InWords(adult.State, adult.Rules));
        Amended.Considered(adult, CeasingReason.PaidEmployment, 10);
        Assert.Equal(2, adult.State.Ceasing!.Number);
    }

    [Fact]
    public void A_decision_to_cease_after_a_review_is_kept_the_same_way()
    {
        var life = Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued())), ReviewChoice.Cease, 5);

        Assert.Equal(Disputed.Limit(life, "appeal").Limit.Due, CeasingPlan.MaintainedUntil(life.State, life.Rules));
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "ceaseNotify").Standing);
        life.Refused("appeal-may-come", new RecordPlanCeased(life.Today));
        life.On(CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value.AddDays(1)).Do(new RecordPlanCeased(life.Today));
        Assert.True(HasCeased(life));
    }

    private static bool HasCeased(Life life) => life.State.Ceasing?.CeasedOn is not null;
}
