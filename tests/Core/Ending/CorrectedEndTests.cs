using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Ending;

/// <summary>The wrong day of a withdrawal, a move or the end of a plan is corrected: limits follow, and an officer is asked to tell those who were told the wrong day.</summary>
public class CorrectedEndTests
{
    private static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("301");

    [Fact]
    public void A_withdrawal_that_came_later_leaves_the_limits_before_it_as_missed()
    {
        var life = Life.Opened();
        var due = Disputed.Limit(life, "decideWhetherToAssess").Limit.Due!.Value;
        life.StoodStillUntil(due.AddDays(10)).Do(new WithdrawRequest(due.AddDays(-1), "We manage."));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("decideWhetherToAssess", StringComparison.Ordinal));

        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, due.AddDays(-1), "The letter is of another day.", due.AddDays(3)));

        Assert.Equal(due.AddDays(3), life.State.EndedOn);
        Assert.Contains($"decideWhetherToAssess@{due:yyyy-MM-dd}", life.State.MissedLimits);
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "decideWhetherToAssess").Standing);
        Assert.Contains("No letter that the hub sent gives this day.", Task(life, "wrong-day-withdrawal"), StringComparison.Ordinal);
        life.Refused("no-such-record", new CorrectRecord(MistakenRecord.Withdrawal, due.AddDays(-1), "Again.", due));
    }

    [Fact]
    public void A_withdrawal_is_not_before_the_request_after_today_or_after_the_family_was_sent_the_plan()
    {
        var life = Life.Assessing().On(Cases.Received.AddDays(20));
        life.Do(new WithdrawRequest(life.Today, "We manage."));
        CorrectRecord To(DateOnly day) => new(MistakenRecord.Withdrawal, life.Today, "A slip.", day);
        life.Refused("day-before-request", To(Cases.Received.AddDays(-1)));
        life.Refused("day-in-future", To(life.Today.AddDays(1)));
        life.Do(To(Cases.Received));
        Assert.Equal(Cases.Received, life.State.EndedOn);

        // The plan was on its way by post when the family withdrew, and the post is entered afterwards.
        var sent = Disputed.Issued(Disputed.ByPost).State;
        var finalPlan = sent.Notices.Single(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family });
        var withdrawn = sent with { Stage = Stage.Withdrawn, EndedOn = finalPlan.SentOn, FinalPlanSentOn = null };
        var late = new CorrectRecord(MistakenRecord.Withdrawal, finalPlan.SentOn!.Value, "A slip.", finalPlan.SentOn.Value.AddDays(1));
        var refusal = Assessment.Decide(withdrawn, late, Cases.Officer, new DateTimeOffset(finalPlan.SentOn.Value.AddDays(30).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), Cases.Rules).Refusal;
        Assert.Equal("day-out-of-order", refusal?.Code);
        Assert.Contains("the day on which the family was sent the final plan", refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_that_ended_the_assessment_has_its_true_day()
    {
        var life = Life.Assessing().On(Cases.Received.AddDays(20));
        life.Do(new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));
        life.Refused("day-in-future", new CorrectRecord(MistakenRecord.Move, life.Today, "A slip.", life.Today.AddDays(1)));

        life.Do(new CorrectRecord(MistakenRecord.Move, life.Today, "They moved the week before.", life.Today.AddDays(-7)));

        Assert.Equal((Stage.Moved, life.Today.AddDays(-7)), (life.State.Stage, life.State.EndedOn));
        Assert.Contains("If the other council was told the wrong day", Task(life, "wrong-day-move"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_change_of_icb_on_the_day_of_a_move_follows_it_and_the_letter_with_the_wrong_day_is_named()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(60));
        var wrong = life.Today.AddDays(-3);
        life.Do(new MoveToAnotherCouncil(Elsewhere, wrong, wrong)).Do(new RecordIcbChange(Cases.Hospital, wrong, wrong)).HandOverAll();
        var right = life.Today.AddDays(-10);

        life.Do(new CorrectRecord(MistakenRecord.Move, wrong, "They moved the week before.", right));

        Assert.Equal((right, right), (life.State.MovingTo!.On, life.State.IcbChange!.On));
        Assert.Equal(right, Disputed.Limit(life, "transferPlan").Limit.From);
        Assert.Contains($"The letters to {Cases.Hospital.Name} were sent with the wrong day.", Task(life, "wrong-day-move"), StringComparison.Ordinal);

        // A move with a plan can be ahead. The second correction replaces the task of the first.
        life.Do(new CorrectRecord(MistakenRecord.Move, right, "It was put off.", life.Today.AddDays(20)));
        Assert.Equal(life.Today.AddDays(20), life.State.MovingTo!.On);
        Assert.Single(life.State.Attention, a => a.Id == "wrong-day-move");
        Assert.Contains(Words.Day(life.Today.AddDays(20), true), Task(life, "wrong-day-move"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_a_plan_is_after_the_time_to_appeal_and_a_review_that_fell_due_before_it_was_missed()
    {
        var life = Amended.ToCease(Disputed.Issued());
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        var review = Disputed.Limit(life, "firstReview").Limit.Due!.Value;
        Assert.True(last < review);
        life.On(last.AddDays(1)).Do(new RecordPlanCeased(last.AddDays(1)));
        CorrectRecord To(DateOnly was, DateOnly day) => new(MistakenRecord.Ceasing, was, "A slip.", day);
        life.Refused("appeal-may-come", To(last.AddDays(1), last));
        life.Refused("day-out-of-order", To(last.AddDays(1), life.State.FinalPlanSentOn!.Value.AddDays(-1)));

        life.On(review.AddDays(30)).Do(To(last.AddDays(1), review.AddDays(5)));

        Assert.Equal(review.AddDays(5), life.State.Ceasing!.CeasedOn);
        Assert.Contains($"firstReview@{review:yyyy-MM-dd}", life.State.MissedLimits);
        Assert.Contains("check that nothing in it was stopped earlier", Task(life, "wrong-day-ceasing"), StringComparison.Ordinal);

        life.Do(To(review.AddDays(5), last.AddDays(2)));
        Assert.Equal(last.AddDays(2), life.State.Ceasing!.CeasedOn);
        Assert.DoesNotContain("stopped earlier", Task(life, "wrong-day-ceasing"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_did_not_cease_during_a_detention_but_did_on_the_day_of_a_death()
    {
        var life = Disputed.Issued(Detained.Facts);
        life.On(life.Today.AddDays(30));
        Detained.From(life).On(life.Today.AddDays(30));
        var died = life.Today;
        life.Do(new RecordPlanCeased(died, Died: true));
        life.Do(new CorrectRecord(MistakenRecord.Ceasing, died, "The certificate says so.", died.AddDays(-2)));
        Assert.Equal(died.AddDays(-2), life.State.Ceasing!.CeasedOn);

        var ceased = Amended.ToCease(Disputed.Issued(Detained.Facts));
        var last = CeasingPlan.MaintainedUntil(ceased.State, ceased.Rules)!.Value;
        ceased.On(last.AddDays(20));
        Detained.From(ceased).On(last.AddDays(30)).Do(new RecordRelease(last.AddDays(30))).Do(new RecordPlanCeased(last.AddDays(30)));
        ceased.Refused("detained", new CorrectRecord(MistakenRecord.Ceasing, last.AddDays(30), "A slip.", last.AddDays(25)));
        ceased.Do(new CorrectRecord(MistakenRecord.Ceasing, last.AddDays(30), "A slip.", last.AddDays(10)));
    }

    private static string Task(Life life, string id) => Assert.Single(life.State.Attention, a => a.Id == id).Text;
}
