using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Core.Tests.Budgeting;

/// <summary>The personal budget of a plan that was issued (SI 2014/1652). The last days were counted by hand in the calendar of 2026.</summary>
public class PlanBudgetTests
{
    private static readonly DateOnly Began = new(2026, 9, 7);
    private static readonly DateOnly ReviewBy = new(2026, 12, 6);

    [Fact]
    public void The_family_is_told_in_writing_who_receives_what_for_which_provision_and_when()
    {
        var life = Paid();
        var notice = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.BudgetAgreed);
        var letter = Letter(life, notice);

        Assert.Empty(letter.Missing);
        Assert.Equal(
            ("Jo Example", "£2,400 a year", "Monday 7 September 2026", "Paid each month; keep the bills."),
            (letter.Facts["budgetRecipient"], letter.Facts["budgetAmount"], letter.Facts["budgetFrom"], letter.Facts["budgetConditions"]));
        Assert.Equal("Direct teaching of medical-1 in a group of three.", letter.Facts["budgetProvision"].Split('\n')[0]);
    }

    [Theory]
    [InlineData(0, LimitStatus.Met)]
    [InlineData(90, LimitStatus.Met)]
    [InlineData(91, LimitStatus.MetLate)]
    public void Direct_payments_are_reviewed_within_the_first_three_months(int reviewedAfter, LimitStatus expected)
    {
        var life = Paid();
        Assert.Equal((LimitStatus.Open, ReviewBy, false), (Limit(life, "dpReview")!.Standing, Limit(life, "dpReview")!.Limit.Due, Limit(life, "dpReview")!.Limit.Verified));

        life.On(Began.AddDays(reviewedAfter)).Do(new RecordPaymentReview(life.Today, "Nothing changes."));

        Assert.Equal((expected, life.Today), (Limit(life, "dpReview")!.Standing, Limit(life, "dpReview")!.MetOn));
    }

    [Fact]
    public void A_first_review_that_is_not_held_is_on_record_and_chased()
    {
        var life = Paid().On(ReviewBy.AddDays(20));

        Assert.Equal(LimitStatus.Missed, Limit(life, "dpReview")!.Standing);
        Assert.Contains("dpReview@2026-12-06", life.State.MissedLimits);
        Assert.Equal(
            ["duty-remind-2-weeks-before", "duty-remind-3-days-before", "duty-overdue-officer", "duty-overdue-head-of-service"],
            life.Events.OfType<DutyChased>().Where(e => e.Limit == "dpReview@2026-12-06").Select(e => e.Step));
    }

    [Fact]
    public void A_budget_that_nobody_is_paid_has_nothing_to_review()
    {
        var life = Issued().Do(Budgeted.Agreement(Began, Began) with { Form = PersonalBudgetForm.Notional, Recipient = null, Excluded = null });
        Assert.Null(Limit(life, "dpReview"));
        life.Refused("no-direct-payment", new RecordPaymentReview(Began, "Nothing."));
    }

    [Fact]
    public void Direct_payments_are_reviewed_with_the_plan_and_at_a_reassessment()
    {
        var life = Paid().On(Began.AddDays(10)).Do(new RecordPaymentReview(Began.AddDays(10), "Nothing changes."));
        Reviewed.Held(Reviewed.Arranged(life));
        var held = life.Today;
        Assert.Equal((LimitStatus.Open, held.AddDays(28)), (Limit(life, "dpReviewAtReview")!.Standing, Limit(life, "dpReviewAtReview")!.Limit.Due));

        life.Do(new RecordPaymentReview(held, "At the meeting."));
        Assert.Equal((LimitStatus.Met, held), (Limit(life, "dpReviewAtReview")!.Standing, Limit(life, "dpReviewAtReview")!.MetOn));

        life.On(held.AddDays(1)).Do(new AgreeReassessment("New needs."));
        Assert.Equal(held.AddDays(1 + (14 * 7)), Limit(life, "dpReviewAtReassessment")!.Limit.Due);
        life.On(held.AddDays(120));
        Assert.Equal(LimitStatus.Missed, Limit(life, "dpReviewAtReassessment")!.Standing);
    }

    [Fact]
    public void A_review_of_payments_that_stopped_before_its_last_day_is_no_longer_due()
    {
        var life = Paid();
        life.Do(new ChangeBudgetLine(Budgeted.Line, 0, ReviewBy.AddDays(-10), "The therapist is employed by the school."));
        Assert.Equal(LimitStatus.Fallen, Limit(life, "dpReview")!.Standing);

        var after = Paid();
        after.Do(new ChangeBudgetLine(Budgeted.Line, 0, ReviewBy.AddDays(10), "The therapist is employed by the school."));
        Assert.Equal(LimitStatus.Open, Limit(after, "dpReview")!.Standing);
    }

    [Fact]
    public void Less_or_nothing_is_paid_only_with_notice_and_reasons_and_is_looked_at_again_once()
    {
        var life = Paid();
        life.Refused("no-notice", new ChangeBudgetLine(Budgeted.Line, 1200, Began, "Less is needed."));
        life.Refused("nothing-changed", new ChangeBudgetLine(Budgeted.Line, 2400, Began.AddDays(30), "Nothing."));
        life.Refused("stop-instead", new ChangeBudgetLine(Budgeted.Line, 1200, Began, "They want none.", ConsentWithdrawn: true));
        life.Do(new ChangeBudgetLine(Budgeted.Line, 1200, Began.AddDays(30), "Less is needed."));
        Assert.Equal("£1,200 a year", Letter(life, Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.BudgetChanged)).Facts["budgetAmount"]);
        Assert.Equal(2400, Assert.Single(PlanBudgets.AgreementsInForce(life.State, Began.AddDays(29))).AnnualAmountPounds);
        Assert.Equal(1200, Assert.Single(PlanBudgets.AgreementsInForce(life.State, Began.AddDays(30))).AnnualAmountPounds);

        life.On(Began.AddDays(5)).Do(new AnswerBudgetReview(Budgeted.Line, life.Today, "It is not enough.", false, "They are right."));
        Assert.Contains(life.State.Attention, a => a.Id == "budget-2" && a.Text.Contains("change-budget-line", StringComparison.Ordinal));
        life.Refused("answered-already", new AnswerBudgetReview(Budgeted.Line, life.Today, "And again.", true, "No."));

        life.Do(new ChangeBudgetLine(Budgeted.Line, 2400, life.Today, "As before."));
        Assert.Equal(2400, Assert.Single(PlanBudgets.AgreementsInForce(life.State, life.Today)).AnnualAmountPounds);
    }

    [Fact]
    public void A_line_is_in_the_budget_from_its_first_day_of_payment_until_it_stops_and_again_when_it_is_agreed_again()
    {
        var life = Paid().Do(new ChangeBudgetLine(Budgeted.Line, 0, Began.AddDays(30), "The school provides it."));
        life.On(Began.AddDays(20)).Do(Budgeted.Agreement(life.Today, Began.AddDays(60)));

        Assert.Equal([false, true, true, false, false, true], new[] { -1, 0, 29, 30, 59, 60 }.Select(days => PlanBudgets.IsRunning(life.State, Began.AddDays(days))));
    }

    [Fact]
    public void Payments_that_go_on_with_another_line_began_with_the_first()
    {
        var life = Paid();
        var other = PlanBudgets.EligibleLines(life.State).First(line => line.Id != Budgeted.Line).Id;
        life.On(Began.AddDays(30)).Do(Budgeted.Agreement(life.Today, Began.AddDays(330)) with { Line = other });
        Reviewed.Held(Reviewed.Arranged(life));
        var held = life.Today;
        life.Do(new RecordPaymentReview(held, "At the meeting."));
        life.Do(new ChangeBudgetLine(Budgeted.Line, 0, Began.AddDays(330), "The school provides it from then on."));

        Assert.Equal((ReviewBy, Began), (Limit(life, "dpReview")!.Limit.Due, Limit(life, "dpReview")!.Limit.From));
        Assert.Equal((LimitStatus.Met, held), (Limit(life, "dpReviewAtReview")!.Standing, Limit(life, "dpReviewAtReview")!.MetOn));
        life.On(Began.AddDays(600));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("dpReview@", StringComparison.Ordinal) && missed != $"dpReview@{ReviewBy:yyyy-MM-dd}");
    }

    [Fact]
    public void A_family_that_wants_it_no_longer_is_not_kept_waiting()
    {
        var life = Paid().Do(new ChangeBudgetLine(Budgeted.Line, 0, Began, "By letter.", ConsentWithdrawn: true));
        Assert.Empty(PlanBudgets.AgreementsInForce(life.State, Began));
        life.Refused("not-agreed", new ChangeBudgetLine(Budgeted.Line, 1200, Began.AddDays(60), "Again."));
        life.On(Began.AddDays(60)).Do(Budgeted.Agreement(life.Today, life.Today));
        Assert.Equal(life.Today, Limit(life, "dpReview")!.Limit.From);
    }

    [Fact]
    public void A_refusal_gives_its_reasons_and_is_reviewed_once()
    {
        var life = Issued().Do(new DecideOnBudgetLine(Budgeted.Line, false, Began, "The school gives this to everybody."));
        var refusal = Letter(life, Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.BudgetRefused));
        Assert.Empty(refusal.Missing);
        Assert.Equal("The school gives this to everybody.", refusal.Facts["reasons"]);

        life.On(Began.AddDays(10)).Do(new AnswerBudgetReview(Budgeted.Line, life.Today, "It does not.", true, "It does: see the timetable."));
        var answer = Letter(life, Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.BudgetAnswered));
        Assert.Empty(answer.Missing);
        Assert.Equal("Our decision still applies.", answer.Facts["budgetAnswer"]);
        life.Refused("answered-already", new AnswerBudgetReview(Budgeted.Line, life.Today, "It does not.", true, "It does."));

        life.Do(new DecideOnBudgetLine(Budgeted.Line, false, life.Today, "As before."));
        life.Do(new AnswerBudgetReview(Budgeted.Line, life.Today, "It does not.", false, "They are right."));
        life.Do(Budgeted.Agreement(life.Today, life.Today.AddDays(20)));
        Assert.Single(PlanBudgets.AgreementsInForce(life.State, life.Today.AddDays(20)));
    }

    [Fact]
    public void What_the_regulations_do_not_allow_is_refused_in_plain_words()
    {
        Life.Consulting().Refused("wrong-stage", Budgeted.Agreement(Cases.Received, Cases.Received));
        var life = Issued();
        var agreed = Budgeted.Agreement(Began, Began);
        life.Refused("unknown-line", agreed with { Line = "none" });
        life.Refused("no-provision", agreed with { Line = "medical-1.1/o1" });
        life.Refused("place-not-paid", agreed with { Line = life.State.NewestPlan!.Sections.First(s => s.Letter == Contracts.Plans.PlanSectionLetter.I).Lines[0].Id });
        life.Refused("budget-incomplete", agreed with { AnnualAmountPounds = 0 });
        life.Refused("recipient-unclear", agreed with { Recipient = null });
        life.Refused("recipient-unclear", agreed with { Form = PersonalBudgetForm.Notional });
        life.Refused("nominee-of-nothing", agreed with { Form = PersonalBudgetForm.ThirdParty, Nominee = true });
        life.Refused("schedule-unclear", agreed with { Excluded = null });
        life.Refused("recipient-excluded", agreed with { Excluded = true });
        life.Refused("head-must-agree", agreed with { HeadAgrees = false });
        life.Refused("refused-with-terms", agreed with { Agreed = false });
        life.Refused("nothing-disputed", new AnswerBudgetReview(Budgeted.Line, Began, "Why?", true, "No."));
        life.Do(agreed with { Form = PersonalBudgetForm.ThirdParty, Excluded = null });
        life.Refused("already-agreed", agreed);
    }

    private static Life Issued() => Disputed.Issued().On(Began);

    private static Life Paid() => Budgeted.Paid(Issued(), Began);

    private static LimitProgress? Limit(Life life, string key) => Limits.Of(life.State, life.Today, life.Rules).FirstOrDefault(l => l.Limit.RuleKey == key);

    private static Letter Letter(Life life, Notice notice) =>
        LetterWriting.Write(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
}
