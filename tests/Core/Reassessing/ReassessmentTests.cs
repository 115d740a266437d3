using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Reassessing;

/// <summary>A re-assessment is asked for, agreed or refused, and ends with an amended plan or with the plan as it is: its limits run, are met, missed and chased.</summary>
public sealed class ReassessmentTests
{
    [Theory]
    [InlineData(true, 15, LimitStatus.Met)]
    [InlineData(true, 16, LimitStatus.MetLate)]
    [InlineData(false, 15, LimitStatus.Met)]
    [InlineData(false, 16, LimitStatus.MetLate)]
    public void The_letter_of_the_decision_meets_the_first_limit(bool agreed, int day, LimitStatus standing)
    {
        var life = Reassessed.Asked(Disputed.Issued(Disputed.ByPost));
        var asked = life.Today;
        Assert.Equal((LimitStatus.Open, asked.AddDays(15)), (Decision(life).Standing, Decision(life).Limit.Due));

        // The decision alone meets nothing: the family has not been told.
        life.On(asked.AddDays(day)).Do(agreed ? new AgreeReassessment("New needs.") : new RefuseReassessment(asked, "Needs have not changed."));
        Assert.NotEqual(standing, Decision(life).Standing);

        life.HandOverAll();
        Assert.Equal((standing, (DateOnly?)asked.AddDays(day)), (Decision(life).Standing, Decision(life).MetOn));
        life.On(life.Today.AddDays(1));
        Assert.Equal(standing == LimitStatus.MetLate, life.State.MissedLimits.Contains($"reassessDecision@{asked.AddDays(15):yyyy-MM-dd}"));
    }

    [Fact]
    public void The_lists_say_what_the_case_waits_for_and_until_when()
    {
        var life = Reassessed.Asked(Disputed.Issued(Disputed.ByPost));
        Assert.Equal($"Waiting: the decision whether to re-assess, day 0 of 15, due {Words.Day(life.Today.AddDays(15))}", StatusLine.Of(life.State, life.Today, life.Rules));

        Reassessed.Agreed(life);
        Assert.Equal($"Waiting: the plan after the re-assessment, day 0 of 98, due {Words.Day(life.Today.AddDays(98))}", StatusLine.Of(life.State, life.Today, life.Rules));
    }

    [Fact]
    public void Without_a_decision_it_is_missed_and_chased_to_the_head_of_service()
    {
        var life = Reassessed.Asked(Disputed.Issued());
        var name = $"reassessDecision@{life.Today.AddDays(15):yyyy-MM-dd}";
        life.On(life.Today.AddDays(60));

        Assert.Equal(LimitStatus.Missed, Decision(life).Standing);
        Assert.Contains(name, life.State.MissedLimits);
        Assert.Contains(life.Events.OfType<DutyChased>(), step => step.Limit == name && step is { Told: true, ToRole: "head of service" });
    }

    [Theory]
    [InlineData(98, LimitStatus.Met)]
    [InlineData(99, LimitStatus.MetLate)]
    public void The_amended_plan_sent_to_all_three_meets_the_fourteen_weeks(int day, LimitStatus standing)
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued(Disputed.ByPost)));
        var told = life.Today;
        Assert.Equal((LimitStatus.Open, told.AddDays(98)), (Plan(life).Standing, Plan(life).Limit.Due));

        Amended.Edited(life.On(told.AddDays(60))).Do(new DecideOnPlan(true, "On the new advice.", "Not waited for."));
        life.On(told.AddDays(day)).Do(new FinaliseAmendedPlan("Officer One"));
        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution], life.State.Notices.Where(n => n.Kind == NoticeKind.AmendedPlan).Select(n => n.To).Order());
        Assert.Equal(day == 98 ? LimitStatus.Open : LimitStatus.Missed, Plan(life).Standing);
        Assert.True(Reassessments.IsUnderWay(life.State));

        life.HandOverAll();
        Assert.Equal((standing, (DateOnly?)told.AddDays(day)), (Plan(life).Standing, Plan(life).MetOn));
        Assert.False(Reassessments.IsUnderWay(life.State));
    }

    [Fact]
    public void An_amended_plan_from_before_the_decision_on_the_plan_does_not_meet_them()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        Amended.Finalised(Amended.Edited(life).Do(new ProposeAmendments("A report.", "Weekly.")).HandOverAll());

        Assert.Equal(LimitStatus.Open, Plan(life).Standing);
        Assert.True(Reassessments.IsUnderWay(life.State));
    }

    [Theory]
    [InlineData(90, LimitStatus.Fallen, false)]
    [InlineData(100, LimitStatus.Fallen, true)]
    public void No_plan_is_due_once_it_stays_as_it_is(int day, LimitStatus standing, bool missed)
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        var told = life.Today;
        life.StoodStillUntil(told.AddDays(day)).Do(new DecideOnPlan(false, "The needs are as described.", "Not waited for.")).HandOverAll();

        Assert.Equal(standing, Plan(life).Standing);
        Assert.Equal(missed, life.State.MissedLimits.Contains($"reassessFinalPlan@{told.AddDays(98):yyyy-MM-dd}"));
        Assert.Contains(life.State.Notices, n => n is { Kind: NoticeKind.NoChange, To: RecipientRole.Family, SentOn: not null });
        Assert.False(Reassessments.IsUnderWay(life.State));
    }

    [Fact]
    public void By_the_councils_own_decision_the_fourteen_weeks_run_from_it_and_no_answer_is_due()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.On(life.Today.AddDays(200)).Do(new AgreeReassessment("The school describes new needs."));
        var decided = life.Today;

        Assert.Equal(decided.AddDays(98), Plan(life).Limit.Due);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.RuleKey == "reassessDecision");
        life.On(decided.AddDays(99));
        Assert.Contains($"reassessFinalPlan@{decided.AddDays(98):yyyy-MM-dd}", life.State.MissedLimits);
    }

    [Fact]
    public void An_exception_relieves_the_fourteen_weeks_and_moves_no_day()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        life.Do(new ClaimException("away", Ground.AbsentFromArea, life.Today, life.Today.AddDays(30), "The mother's letter.", "The child could not be seen."));

        Assert.Contains(Ground.AbsentFromArea, Plan(life).Limit.RelievedBy);
        Assert.Equal(life.Today.AddDays(98), Plan(life).Limit.Due);
    }

    [Fact]
    public void One_request_or_re_assessment_at_a_time()
    {
        var life = Reassessed.Asked(Disputed.Issued(Disputed.ByPost));
        var asked = life.Today;
        life.Refused("already-asked", new RecordReassessmentRequest(asked, RecipientRole.Icb));
        life.Refused("asked-on-another-day", new RefuseReassessment(asked.AddDays(-1), "Needs have not changed."));
        life.Do(new AgreeReassessment("New needs."));
        life.Refused("under-way", new AgreeReassessment("New needs."));
        life.Refused("under-way", new RecordReassessmentRequest(asked, RecipientRole.Family));
        life.Refused("under-way", new RefuseReassessment(asked, "Needs have not changed."));

        var refused = Reassessed.Asked(Disputed.Issued(Disputed.ByPost));
        refused.Do(new RefuseReassessment(refused.Today, "Needs have not changed."));
        refused.On(refused.Today.AddDays(30)).Do(new RecordReassessmentRequest(refused.Today, RecipientRole.Family));
        refused.Refused("not-notified", new RefuseReassessment(refused.Today, "Nor since."));
        refused.HandOverAll().Do(new RefuseReassessment(refused.Today, "Nor since.")).HandOverAll();
        Assert.Equal(2, refused.State.Notices.Count(n => n is { Kind: NoticeKind.WillNotReassess, SentOn: not null }));
    }

    [Theory]
    [InlineData(RecipientRole.Setting)]
    [InlineData(RecipientRole.SocialCare)]
    public void Others_than_the_law_names_cannot_ask(RecipientRole from)
    {
        var life = Disputed.Issued();
        life.Refused("cannot-ask", new RecordReassessmentRequest(life.Today, from));
    }

    [Fact]
    public void The_day_of_a_request_is_corrected_and_the_limit_follows()
    {
        var life = Reassessed.Asked(Disputed.Issued());
        var (wrong, right) = (life.Today, life.Today.AddDays(-4));
        life.Do(new CorrectRecord(MistakenRecord.ReassessmentRequest, wrong, "It lay in the post room.", right));
        Assert.Equal(right.AddDays(15), Decision(life).Limit.Due);
        life.Do(new CorrectRecord(MistakenRecord.ReassessmentRequest, right, "It was another child's."));
        Assert.Null(life.State.Reassessment);

        var decided = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        decided.Refused("no-such-record", new CorrectRecord(MistakenRecord.ReassessmentRequest, decided.Today, "It never came."));
    }

    [Fact]
    public void A_decision_on_the_plan_of_the_same_day_is_not_taken_for_the_one_after_the_re_assessment()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        life.Do(new DecideOnPlan(false, "The needs are as described.", "Not waited for.")).HandOverAll();

        life.Refused("already-decided", new AgreeReassessment("A new report."));
        life.On(life.Today.AddDays(1)).Do(new AgreeReassessment("A new report.")).HandOverAll();
        Assert.True(DecideOnPlan.IsAwaited(life.State));
        Assert.Equal(LimitStatus.Open, Plan(life).Standing);
    }

    [Fact]
    public void The_amended_plan_after_it_goes_to_everybody_where_the_second_version_was_sent_under_its_own_number()
    {
        var life = Taken.Over(new(2026, 3, 2), Taken.Transferred with { Placement = new Placement("Special school", Cases.OtherSchool) }, Cases.Facts.Family).Do(Taken.Text);
        Amended.Finalised(Amended.Proposed(life));
        Assert.Equal(2, life.State.NewestPlan!.Version);
        var sent = life.State.Notices.Count(n => n.Kind == NoticeKind.AmendedPlan);

        life.On(life.Today.AddDays(30)).Do(new AgreeReassessment("New needs."));
        life.HandOverAll().On(life.Today.AddDays(60)).Do(new DecideOnPlan(true, "What was found.", "Not waited for."));
        Assert.Equal(sent + 3, life.State.Notices.Count(n => n.Kind == NoticeKind.AmendedPlan));

        life.HandOverAll();
        Assert.Equal(life.Today, Reassessments.FinishedOn(life.State));
    }

    [Fact]
    public void Another_can_be_asked_for_once_the_first_has_ended()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        life.Do(new DecideOnPlan(false, "The needs are as described.", "Not waited for.")).HandOverAll();
        Reassessed.Agreed(Reassessed.Asked(life));

        Assert.Equal(2, life.State.Notices.Count(n => n is { Kind: NoticeKind.WillReassess, To: RecipientRole.Family, SentOn: not null }));
        Assert.Equal((LimitStatus.Open, life.Today.AddDays(98)), (Plan(life).Standing, Plan(life).Limit.Due));
        Assert.True(DecideOnPlan.IsAwaited(life.State));
    }

    [Theory]
    [InlineData(false, "orderPlanAfterReassessment", "orderNoPlanAfterReassessment")]
    [InlineData(true, "orderNoPlanAfterReassessment", "orderPlanAfterReassessment")]
    public void What_is_decided_after_a_later_re_assessment_misses_nothing_of_an_earlier_one(bool amend, string fallen, string met)
    {
        var life = Disputed.Obliged(Disputed.Issued(Disputed.ByPost), StartEvent.TribunalOrder, Remedy.Reassess).HandOverAll();
        life.Do(new DecideOnPlan(amend, "On the new advice.", "Not waited for.")).HandOverAll();
        Assert.Equal((LimitStatus.Fallen, LimitStatus.Met), (Disputed.Limit(life, fallen).Standing, Disputed.Limit(life, met).Standing));

        life.On(life.Today.AddDays(300)).Do(new AgreeReassessment("New needs.")).HandOverAll();
        life.Do(new DecideOnPlan(!amend, "On the newer advice.", "Not waited for."));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, fallen).Standing);
        life.On(life.Today.AddDays(5)).HandOverAll().On(life.Today.AddDays(1));
        Assert.Equal((LimitStatus.Fallen, LimitStatus.Met), (Disputed.Limit(life, fallen).Standing, Disputed.Limit(life, met).Standing));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("order", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_decided_after_a_later_order_misses_nothing_of_a_re_assessment_that_has_ended()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued(Disputed.ByPost)));
        life.On(life.Today.AddDays(50)).Do(new DecideOnPlan(true, "On the new advice.", "Not waited for.")).HandOverAll();
        var (met, finished) = (Plan(life).Standing, Plan(life).MetOn);

        Disputed.Obliged(life.On(life.Today.AddDays(100)), StartEvent.TribunalOrder, Remedy.Reconsider).HandOverAll();
        life.On(life.Today.AddDays(1)).Do(new DecideOnPlan(false, "It stays as it is.", "Not waited for.")).HandOverAll().On(life.Today.AddDays(1));

        Assert.Equal((LimitStatus.Met, met, finished), (Plan(life).Standing, met, Plan(life).MetOn));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("reassessFinalPlan", StringComparison.Ordinal));
    }

    private static LimitProgress Decision(Life life) => Disputed.Limit(life, "reassessDecision");

    private static LimitProgress Plan(Life life) => Disputed.Limit(life, "reassessFinalPlan");
}
