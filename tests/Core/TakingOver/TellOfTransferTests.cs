using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.TakingOver;

/// <summary>A family whose plan came from another council is told what follows (reg 15(4)): the letter that was sent meets the six weeks.</summary>
public sealed class TellOfTransferTests
{
    // The plan was transferred on 20 February 2026.
    private static readonly DateOnly Due = new(2026, 4, 3);

    [Theory]
    [InlineData("2026-04-03", LimitStatus.Met)]
    [InlineData("2026-04-04", LimitStatus.MetLate)]
    public void The_letter_sent_to_the_family_meets_the_limit(string sent, LimitStatus standing)
    {
        var life = TakenOver();
        life.Do(new NotifyOfTransfer(false, new DateOnly(2026, 5, 4)));
        Assert.Equal((LimitStatus.Open, (DateOnly?)Due), (Inform(life).Standing, Inform(life).Limit.Due));

        life.On(DateOnly.Parse(sent, System.Globalization.CultureInfo.InvariantCulture)).HandOverAll();
        Assert.Equal((standing, (DateOnly?)life.Today), (Inform(life).Standing, Inform(life).MetOn));
        life.On(life.Today.AddDays(1));
        Assert.Equal(standing == LimitStatus.MetLate, life.State.MissedLimits.Contains("transferInform@2026-04-03"));

        // Told anew, because the review moves: the first letter has told it.
        life.Do(new NotifyOfTransfer(false, new DateOnly(2026, 5, 1))).HandOverAll();
        Assert.Equal(standing, Inform(life).Standing);
    }

    [Fact]
    public void A_letter_that_was_never_sent_meets_nothing()
    {
        var life = TakenOver();
        life.Do(new NotifyOfTransfer(false, new DateOnly(2026, 5, 4))).On(Due.AddDays(30));

        Assert.Equal(LimitStatus.Missed, Inform(life).Standing);
        Assert.Contains("transferInform@2026-04-03", life.State.MissedLimits);
        Assert.Contains(life.Events.OfType<DutyChased>(), step => step is { Limit: "transferInform@2026-04-03", Told: true, ToRole: "head of service" });
    }

    [Fact]
    public void A_review_that_comes_first_does_not_take_it_away()
    {
        var life = Taken.Over(new(2026, 3, 2), Taken.Transferred).Do(Taken.Text);
        life.Do(new ArrangeReview(life.Today.AddDays(3), ReviewArranger.Council, Reviewed.Everyone)).On(life.Today.AddDays(3)).Do(Reviewed.Meeting(life)).Do(Reviewed.Decision(ReviewChoice.Keep)).HandOverAll();
        var reviewed = life.Today;

        Assert.Equal((LimitStatus.Open, (DateOnly?)Due), (Inform(life).Standing, Inform(life).Limit.Due));
        Assert.Equal(reviewed.AddYears(1).AddDays(-1), Disputed.Limit(life, "annualReview").Limit.Due);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "transferReview");

        life.Do(new NotifyOfTransfer(false, reviewed.AddDays(300))).HandOverAll();
        Assert.Equal(LimitStatus.Met, Inform(life).Standing);
    }

    [Fact]
    public void What_the_council_recorded_before_still_meets_it()
    {
        var life = TakenOver();
        life.Do(new RecordAct(Act.FamilyToldOfTransfer, life.Today, "By a letter of our own."));
        var told = life.Today;
        life.On(life.Today.AddDays(10)).Do(new NotifyOfTransfer(false, new DateOnly(2026, 5, 4))).HandOverAll();

        Assert.Equal((LimitStatus.Met, (DateOnly?)told), (Inform(life).Standing, Inform(life).MetOn));
    }

    [Theory]
    [InlineData(true, "We will do a new EHC needs assessment.")]
    [InlineData(false, "We will not do a new EHC needs assessment now.")]
    public void The_letter_says_whether_and_when(bool assesses, string words)
    {
        var life = TakenOver();
        life.Do(new NotifyOfTransfer(assesses, new DateOnly(2026, 5, 4)));

        var letter = LetterWriting.Write(new LetterSubject(LetterKind.TransferTold, "transferTold-1-family"), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
        Assert.Empty(letter.Missing);
        Assert.Equal((words, "Friday 20 February 2026", "Monday 4 May 2026"), (letter.Facts["whetherAssess"], letter.Facts["transferredOn"], letter.Facts["askedDay"]));
    }

    [Fact]
    public void An_assessment_that_the_family_is_told_of_is_a_task_until_it_is_agreed()
    {
        var life = TakenOver();
        life.Do(new NotifyOfTransfer(true, new DateOnly(2026, 5, 4)));
        Assert.Contains(life.State.Attention, a => a.Id == "assess-after-transfer");

        life.Do(new AgreeReassessment("The plan was made for another place."));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "assess-after-transfer");
        Assert.Equal(life.Today.AddDays(98), Disputed.Limit(life, "reassessFinalPlan").Limit.Due);
    }

    [Fact]
    public void Only_of_a_plan_from_another_council_and_with_a_review_in_time()
    {
        var own = Disputed.Issued();
        own.Refused("not-transferred", new NotifyOfTransfer(false, own.Today.AddDays(30)));

        var life = TakenOver();
        var review = Disputed.Limit(life, "transferReview").Limit.Due!.Value;
        life.Refused("day-passed", new NotifyOfTransfer(false, life.Today));
        life.Refused("review-too-late", new NotifyOfTransfer(false, review.AddDays(1)));
        life.Do(new NotifyOfTransfer(false, review));
        life.Refused("not-sent", new NotifyOfTransfer(false, review.AddDays(-1)));
    }

    private static Life TakenOver() => Taken.Over(new(2026, 3, 2), Taken.Transferred, Disputed.ByPost.Family);

    private static LimitProgress Inform(Life life) => Disputed.Limit(life, "transferInform");
}
