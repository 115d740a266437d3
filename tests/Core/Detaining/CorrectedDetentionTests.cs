using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>The wrong day of a detention or a release is corrected: the rules for detained people apply on the true days, and an officer is asked to write to those who have the wrong day.</summary>
public class CorrectedDetentionTests
{
    // The plan was sent on 24 February 2026: its first review is due on 23 February 2027.
    private static readonly DateOnly ReviewDue = new(2027, 2, 23);

    // A Monday.
    private static readonly DateOnly Aware = new(2026, 9, 7);
    private static readonly DateOnly Began = new(2026, 9, 3);

    [Fact]
    public void A_wrong_first_day_changes_from_when_the_plan_is_kept_and_names_whoever_has_a_letter_with_it()
    {
        var life = Kept();
        life.Do(Correct("start", Began, Began.AddDays(-2)));

        Assert.Equal(Began.AddDays(-2), life.State.Detentions[^1].From);
        Assert.Equal(Began.AddDays(-2), Limit(life, "arrangeKeptProvision").Limit.From);
        var task = Task(life);
        Assert.Contains("the start of the detention was on 1 September 2026, not on 3 September 2026", task, StringComparison.Ordinal);
        Assert.Contains($"The letters to the family, {Cases.Accommodation.Name}, {Cases.Commissioner.Name}, {Cases.YouthOffendingTeam.Name} were sent with the wrong day.", task, StringComparison.Ordinal);

        // A letter that is written now gives the true day.
        var notice = life.State.Notices.First(n => n is { Kind: NoticeKind.PlanKeptInDetention, To: RecipientRole.Family });
        Assert.Equal("Tuesday 1 September 2026", LetterWriting.Write(new LetterSubject(LetterKind.PlanKeptInDetention, notice.Id), life.State, life.Rules, new LetterSending(Aware, NoticeChannel.Electronic))!.Facts["detainedSince"]);
    }

    [Fact]
    public void The_five_working_days_run_from_the_true_day_on_which_the_council_became_aware()
    {
        var life = Kept();
        life.On(Aware.AddDays(3)).Do(Correct("aware", Aware, Began));
        Assert.Equal((LimitStatus.Met, new DateOnly(2026, 9, 9)), (Limit(life, "sendKeptPlan").Standing, Limit(life, "sendKeptPlan").Limit.Due));
        Assert.Contains("No letter that the hub sent gives this day.", Task(life), StringComparison.Ordinal);
    }

    [Fact]
    public void A_review_that_fell_due_before_the_true_release_is_not_overdue_and_the_task_gives_the_true_day()
    {
        var life = Kept().On(new DateOnly(2027, 2, 1));
        life.Do(new RecordRelease(life.Today)).On(ReviewDue.AddDays(10));
        Assert.Equal(LimitStatus.Missed, Limit(life, "firstReview").Standing);

        life.Do(Correct("release", new DateOnly(2027, 2, 1), ReviewDue.AddDays(5)));

        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "firstReview");
        Assert.Equal(ReviewDue.AddDays(5), Limit(life, "reviewAfterRelease").Limit.From);
        Assert.Contains("Released on 28 February 2027", Assert.Single(life.State.Attention, a => a.Id == "review-after-release").Text, StringComparison.Ordinal);
        Assert.Contains("The letters to the family", Task(life), StringComparison.Ordinal);

        life.Do(Correct("release", ReviewDue.AddDays(5), ReviewDue));
        Assert.Equal(LimitStatus.Missed, Limit(life, "firstReview").Standing);
    }

    [Fact]
    public void Whether_a_monitoring_meeting_is_owed_follows_the_true_first_day()
    {
        var life = Plan().On(ReviewDue.AddDays(10));
        life.Do(Detained.Step(ReviewDue.AddDays(3), life.Today));
        Assert.Contains(life.State.Attention, a => a.Id == "monitoring-meeting");

        life.Do(Correct("start", ReviewDue.AddDays(3), ReviewDue.AddDays(-3)));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "monitoring-meeting");
        life.Do(Correct("start", ReviewDue.AddDays(-3), ReviewDue.AddDays(2)));
        Assert.Contains(life.State.Attention, a => a.Id == "monitoring-meeting");
    }

    [Fact]
    public void Days_that_the_law_or_the_record_exclude_are_refused()
    {
        var life = Kept().On(Aware.AddDays(20));
        life.Do(new RecordDetentionMove(Detained.OtherAccommodation, Aware.AddDays(10))).Do(new RecordRelease(Aware.AddDays(20)));
        life.Refused("which-unclear", Correct("begin", Began, Aware));
        life.Refused("day-missing", Correct("aware", Aware, null));
        life.Refused("no-such-record", Correct("start", Aware, Began));
        life.Refused("day-out-of-order", Correct("start", Began, Aware.AddDays(1)));
        life.Refused("day-out-of-order", Correct("aware", Aware, Began.AddDays(-1)));
        life.Refused("day-out-of-order", Correct("move", Aware.AddDays(10), Began.AddDays(-1)));
        life.Refused("day-out-of-order", Correct("move", Aware.AddDays(10), Aware.AddDays(21)));
        life.Refused("day-out-of-order", Correct("release", Aware.AddDays(20), Aware.AddDays(9)));
        life.Refused("day-in-future", Correct("release", Aware.AddDays(20), life.Today.AddDays(1)));
        life.Do(Correct("move", Aware.AddDays(10), Aware.AddDays(11)));

        life.On(Aware.AddDays(40)).Do(Detained.Step(Aware.AddDays(30), life.Today));
        life.Refused("day-out-of-order", Correct("release", Aware.AddDays(20), Aware.AddDays(31)));
        life.Refused("day-out-of-order", Correct("start", Aware.AddDays(30), Aware.AddDays(19)));
        life.Do(Correct("start", Aware.AddDays(30), Aware.AddDays(20)));

        var birthday = new DateOnly(2007, 9, 7);
        var young = Disputed.Issued(Detained.Facts with { Route = RequestRoute.YoungPerson, Child = Detained.Facts.Child with { DateOfBirth = birthday } }).On(birthday.AddYears(19).AddDays(5));
        young.Do(Detained.Step(birthday.AddYears(19).AddDays(-1), young.Today));
        young.Refused("too-old", Correct("start", birthday.AddYears(19).AddDays(-1), birthday.AddYears(19)));
    }

    private static CorrectRecord Correct(string which, DateOnly was, DateOnly? on) => new(MistakenRecord.Detention, was, "A slip.", on, which);

    private static Life Plan() => Disputed.Issued(Detained.Facts);

    private static Life Kept() => Plan().On(Aware).Do(Detained.Step(Began, Aware));

    private static LimitProgress Limit(Life life, string key) => Disputed.Limit(life, key);

    private static string Task(Life life) => Assert.Single(life.State.Attention, a => a.Id == "wrong-day-detention").Text;
}
