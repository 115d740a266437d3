using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Moves;

/// <summary>Another ICB becomes responsible for a child who has a plan (reg 16). The last days were counted by hand in the calendar of 2026.</summary>
public class IcbChangeTests
{
    // A Monday; the fifteenth working day beginning with it is Friday 25 September.
    private static readonly DateOnly Monday = new(2026, 9, 7);
    private static readonly DateOnly Fifteenth = new(2026, 9, 25);

    [Fact]
    public void The_new_icb_gets_the_plan_with_a_letter_and_whatever_comes_after_it()
    {
        var life = Changed();
        var notice = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.IcbChanged);
        Assert.Equal((RecipientRole.Icb, Cases.Hospital, life.State.NewestPlan!.Version), (notice.To, notice.Agency, notice.PlanVersion!.Value));
        Assert.Equal(Monday, notice.SentOn);

        var letter = LetterWriting.Write(new LetterSubject(LetterKind.IcbChanged, notice.Id), life.State, life.Rules, new LetterSending(Monday, NoticeChannel.Electronic))!;
        Assert.Empty(letter.Missing);
        Assert.Equal((Cases.Icb.Name, "Monday 7 September 2026", "Friday 25 September 2026"), (letter.Facts["icbBefore"], letter.Facts["icbChangedOn"], letter.Facts["icbRequestBy"]));

        life.Do(new ArrangeReview(Monday.AddDays(60), ReviewArranger.Council, Reviewed.Everyone));
        Assert.Equal(Cases.Hospital, Assert.Single(life.State.Notices, n => n is { Kind: NoticeKind.ReviewInvited, To: RecipientRole.Icb }).Agency);
        Assert.True(AgencyInvolvement.Of(life.State, Cases.Hospital.Id).AgreesSectionG);
        Assert.False(AgencyInvolvement.Of(life.State, Cases.Icb.Id).AgreesSectionG);
    }

    [Theory]
    [InlineData(0, LimitStatus.Met)]
    [InlineData(18, LimitStatus.Met)]
    [InlineData(19, LimitStatus.MetLate)]
    public void Without_a_move_the_new_icb_is_told_within_15_working_days_of_the_change_becoming_known(int toldAfter, LimitStatus expected)
    {
        var life = Changed();
        Assert.Equal((LimitStatus.Open, Fifteenth), (Limit(life, "icbChangeWithoutMove").Standing, Limit(life, "icbChangeWithoutMove").Limit.Due));
        Assert.Null(Find(life, "icbChange"));

        life.On(Monday.AddDays(toldAfter)).Do(Told(life.Today));

        Assert.Equal((expected, life.Today), (Limit(life, "icbChangeWithoutMove").Standing, Limit(life, "icbChangeWithoutMove").MetOn));
    }

    [Fact]
    public void A_new_icb_that_is_not_told_in_time_is_on_record_and_chased_and_the_rule_is_not_verified()
    {
        var life = Changed().On(Fifteenth.AddDays(20));

        Assert.Equal(LimitStatus.Missed, Limit(life, "icbChangeWithoutMove").Standing);
        Assert.False(Limit(life, "icbChangeWithoutMove").Limit.Verified);
        Assert.Contains("icbChangeWithoutMove@2026-09-25", life.State.MissedLimits);
        Assert.Equal(
            ["duty-remind-2-weeks-before", "duty-remind-3-days-before", "duty-overdue-officer", "duty-overdue-head-of-service"],
            life.Events.OfType<DutyChased>().Where(e => e.Limit == "icbChangeWithoutMove@2026-09-25").Select(e => e.Step));
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(0, 18)]
    public void With_a_move_the_new_icb_is_told_on_the_day_of_the_move_or_15_working_days_after_it_became_known(int knownBefore, int due)
    {
        var life = Disputed.Issued().On(Monday.AddDays(-30));
        life.Do(new MoveToAnotherCouncil(Cases.Parse<Contracts.Identifiers.LocalAuthorityCode>("331"), Monday, life.Today)).On(Monday);
        life.Do(new RecordIcbChange(Cases.Hospital, Monday, Monday.AddDays(-knownBefore)));

        Assert.Equal((LimitStatus.Open, Monday.AddDays(due)), (Limit(life, "icbChange").Standing, Limit(life, "icbChange").Limit.Due));
        Assert.Null(Find(life, "icbChangeWithoutMove"));
        Assert.Equal(LimitStatus.Missed, Limit(Copy(life, knownBefore).On(Monday.AddDays(due + 1)), "icbChange").Standing);

        life.Do(Told(Monday.AddDays(knownBefore == 0 ? 0 : -1)));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbChange").Standing);
    }

    [Theory]
    [InlineData(18, LimitStatus.Met)]
    [InlineData(19, LimitStatus.MetLate)]
    public void An_icb_that_cannot_arrange_the_provision_asks_within_15_working_days_and_the_council_must_comply(int askedAfter, LimitStatus expected)
    {
        var life = Changed().Do(Says(IcbStatement.Cannot, Monday));
        Assert.Equal((LimitStatus.Open, Fifteenth), (Limit(life, "icbCannot").Standing, Limit(life, "icbCannot").Limit.Due));

        life.On(Monday.AddDays(askedAfter)).Do(Says(IcbStatement.AsksToReview, life.Today), Cases.As(Cases.Hospital));

        Assert.Equal(expected, Limit(life, "icbCannot").Standing);
        Assert.Equal(LimitStatus.Open, Limit(life, "icbComply").Standing);
        Assert.Contains(life.State.Attention, a => a.Id == "icb-request" && a.Text.Contains("arrange-review", StringComparison.Ordinal));
        life.Refused("request-open", new RecordIcbChange(Cases.Icb, life.Today, life.Today));

        life.On(life.Today.AddDays(3)).Do(new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));
        Assert.Equal((LimitStatus.Met, life.Today), (Limit(life, "icbComply").Standing, Limit(life, "icbComply").MetOn));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "icb-request");
    }

    [Fact]
    public void An_icb_that_never_asks_is_chased_and_its_limit_is_missed_unless_it_arranges_the_provision_after_all()
    {
        var silent = Changed().Do(Says(IcbStatement.Cannot, Monday)).On(Fifteenth.AddDays(10));
        Assert.Equal(LimitStatus.Missed, Limit(silent, "icbCannot").Standing);
        Assert.Contains(silent.Events.OfType<DutyChased>(), e => e.Limit == "icbCannot@2026-09-25");

        var able = Changed().Do(Says(IcbStatement.Cannot, Monday)).On(Fifteenth).Do(Says(IcbStatement.Arranges, Fifteenth));
        Assert.Equal(LimitStatus.Fallen, Limit(able, "icbCannot").Standing);

        var content = Changed().Do(Says(IcbStatement.Arranges, Monday));
        Assert.Null(Find(content, "icbCannot"));
    }

    [Fact]
    public void An_assessment_that_the_icb_asks_for_cannot_be_refused()
    {
        var life = Changed().Do(Says(IcbStatement.AsksToAssess, Monday));
        life.Do(new RecordReassessmentRequest(Monday, RecipientRole.Icb));
        life.Refused("must-comply", new RefuseReassessment(Monday, "The last assessment ended in July."));

        life.Do(new AgreeReassessment("The ICB asks for it."));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbComply").Standing);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "icb-request");
    }

    [Fact]
    public void A_review_that_is_arranged_already_is_what_the_icb_asks_for()
    {
        var life = Changed().Do(new ArrangeReview(Monday.AddDays(60), ReviewArranger.School, Reviewed.Everyone)).Do(Says(IcbStatement.AsksToReview, Monday));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbComply").Standing);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "icb-request");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Life.Consulting().Refused("wrong-stage", new RecordIcbChange(Cases.Hospital, Cases.Received, Cases.Received));
        var unchanged = Disputed.Issued().On(Monday);
        unchanged.Refused("nothing-changed", new RecordIcbChange(Cases.Icb, Monday, Monday));
        unchanged.Refused("icb-not-changed", Says(IcbStatement.Cannot, Monday));
        unchanged.Refused("nothing-to-meet", Told(Monday));

        var life = Changed();
        life.Refused("nothing-to-meet", Told(Monday.AddDays(-1)));
        life.Refused("not-the-icb", Says(IcbStatement.Cannot, Monday), Cases.As(Cases.Icb));
        life.Do(Says(IcbStatement.Cannot, Monday));
        life.Refused("already-recorded", Says(IcbStatement.Cannot, Monday));
        life.Refused("other-day", new RecordIcbRequest(IcbStatement.AsksToReview, Monday, Monday.AddDays(-2), "None."));
        life.Do(Says(IcbStatement.AsksToReview, Monday));
        life.Refused("already-asked", Says(IcbStatement.AsksToAssess, Monday));
    }

    [Fact]
    public void What_an_earlier_icb_told_late_does_not_meet_the_limit_of_the_next_change()
    {
        var life = Changed().On(Monday.AddDays(40)).Do(Told(Monday.AddDays(40)));
        life.On(Monday.AddDays(44)).Do(new RecordIcbChange(Cases.Icb, Monday.AddDays(35), Monday.AddDays(35)));
        Assert.Equal(LimitStatus.Open, Limit(life, "icbChangeWithoutMove").Standing);

        life.Do(Told(Monday.AddDays(44)));
        Assert.Equal((LimitStatus.Met, Monday.AddDays(44)), (Limit(life, "icbChangeWithoutMove").Standing, Limit(life, "icbChangeWithoutMove").MetOn));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-2)]
    public void An_act_from_before_the_change_that_is_corrected_does_not_hide_what_the_icb_told_after_it(int? moved)
    {
        var life = Disputed.Issued().On(Monday).Do(new RecordAct(Act.TransferPlanSent, Monday, "Sent."));
        life.Do(new RecordIcbChange(Cases.Hospital, Monday, Monday)).Do(Told(Monday));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbChangeWithoutMove").Standing);

        life.Do(new CorrectRecord(MistakenRecord.Act, Monday, "It was another child's.", moved is { } days ? Monday.AddDays(days) : null, "transferPlanSent"));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbChangeWithoutMove").Standing);

        life.Do(new CorrectRecord(MistakenRecord.Act, Monday, "It told nobody.", null, "newIcbTold"));
        Assert.Equal(LimitStatus.Open, Limit(life, "icbChangeWithoutMove").Standing);
        life.Do(Told(Monday));
        Assert.Equal(LimitStatus.Met, Limit(life, "icbChangeWithoutMove").Standing);
    }

    private static Life Changed() => Disputed.Issued().On(Monday).Do(new RecordIcbChange(Cases.Hospital, Monday, Monday));

    private static Life Copy(Life life, int knownBefore)
    {
        var copy = Disputed.Issued().On(Monday.AddDays(-30));
        copy.Do(new MoveToAnotherCouncil(life.State.MovingTo!.Council, Monday, copy.Today)).On(Monday);
        return copy.Do(new RecordIcbChange(Cases.Hospital, Monday, Monday.AddDays(-knownBefore)));
    }

    private static RecordAct Told(DateOnly on) => new(Act.NewIcbTold, on, "The former ICB sent us a copy of its notice.");

    private static RecordIcbRequest Says(IcbStatement word, DateOnly on) => new(word, on, Monday, "No therapist for the speech therapy in section G.");

    private static LimitProgress Limit(Life life, string key) => Disputed.Limit(life, key);

    private static LimitProgress? Find(Life life, string key) => Limits.Of(life.State, life.Today, life.Rules).FirstOrDefault(l => l.Limit.RuleKey == key);
}
