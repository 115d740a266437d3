using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>An assessment of a detained person under SI 2015/62, from the request to the plan with its six recipients, and what detention or release change on the way.</summary>
public class DetainedAssessmentTests
{
    private static readonly RecipientRole[] Six =
        [RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution, RecipientRole.PersonInCharge, RecipientRole.HealthServicesCommissioner, RecipientRole.YouthOffendingTeam];

    [Fact]
    public void Those_of_the_place_are_told_that_an_assessment_is_considered_beside_the_others()
    {
        var life = Considered();
        Assert.Equal([RecipientRole.Icb, RecipientRole.SocialCare, RecipientRole.Setting, .. Detained.OfThePlace], Detained.Told(life, NoticeKind.AssessmentConsidered));
        Assert.Equal((LimitStatus.Met, Cases.Received), (Limit(life, "tellPartners").Standing, Limit(life, "tellPartners").MetOn));
        Assert.Equal("the person in charge of the accommodation asked for an assessment", TimelineWords.Of(life.State.Facts!.Route));
    }

    [Fact]
    public void The_person_in_charge_is_consulted_before_the_decision()
    {
        var life = Considered().Do(new RecordConsultation(Cases.Received, "Wants one."));
        Assert.Equal(LimitStatus.Open, Limit(life, "consultPersonInCharge").Standing);
        life.Refused("person-in-charge-not-consulted", new DecideWhetherToAssess(true, "May be necessary."));

        life.Do(Detained.Consulted(life)).Do(new DecideWhetherToAssess(true, "May be necessary."));
        Assert.Equal(LimitStatus.Met, Limit(life, "consultPersonInCharge").Standing);
        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.SocialCare, RecipientRole.Setting, .. Detained.OfThePlace], Detained.Told(life, NoticeKind.WillAssess));
        Life.Opened(Detained.Facts).Refused("nothing-to-meet", new RecordAct(Act.PersonInChargeConsulted, Cases.Received, "By telephone."));
    }

    [Theory]
    [InlineData("decideWhetherToAssess", 42, "SI 2015/62 reg 5(1)-(3)", true)]
    [InlineData("notifyNoPlan", 112, "CFA 2014 s72; SI 2015/62 reg 10", false)]
    [InlineData("finalPlan", 140, "SI 2015/62 reg 13(2)", true)]
    public void The_weeks_run_from_the_request_and_are_missed_the_day_after_the_last(string key, int days, string citation, bool verified)
    {
        var life = Considered().On(Cases.Received.AddDays(days));
        var limit = Limit(life, key);
        Assert.Equal((LimitStatus.Open, life.Today, citation, verified), (limit.Standing, limit.Limit.Due!.Value, limit.Limit.Citation, limit.Limit.Verified));

        life.On(life.Today.AddDays(1));
        Assert.Equal(LimitStatus.Missed, Limit(life, key).Standing);
        Assert.Contains(FormattableString.Invariant($"{key}@{Cases.Received.AddDays(days):yyyy-MM-dd}"), life.State.MissedLimits);
    }

    [Theory]
    [InlineData(42, LimitStatus.Met)]
    [InlineData(43, LimitStatus.MetLate)]
    public void A_refusal_goes_to_the_family_and_the_person_in_charge_within_six_weeks(int day, LimitStatus expected)
    {
        var life = Considered().On(Cases.Received.AddDays(day));
        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(Detained.Consulted(life)).Do(new DecideWhetherToAssess(false, "Not necessary."));

        Assert.Equal(expected, Limit(life, "notifyRefusalToAssess").Standing);
        Assert.Equal([Party.Family, Party.PersonInCharge], Limit(life, "notifyRefusalToAssess").Limit.Rule.MustBeTold);
        Assert.Superset(Detained.OfThePlace.ToHashSet(), Detained.Told(life, NoticeKind.WillNotAssess).ToHashSet());
    }

    [Theory]
    [InlineData(0, LimitStatus.Met)]
    [InlineData(100, LimitStatus.MetLate)]
    public void The_plan_goes_to_all_six_and_is_in_time_with_the_last_of_them(int later, LimitStatus expected)
    {
        var life = Drafted().On(Cases.Received.AddDays(50 + later)).Do(new FinalisePlan("Officer One"));

        Assert.Equal(Six.Order(), Detained.Told(life, NoticeKind.FinalPlan));
        Assert.Equal((expected, Stage.PlanIssued), (Limit(life, "finalPlan").Standing, life.State.Stage));
        var family = life.State.Notices.Single(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family });
        Assert.Contains(LetterVocabulary.Detained, LetterWriting.Write(new LetterSubject(LetterKind.FinalPlan, family.Id), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!.TrueConditions);
        Assert.Equal((LimitStatus.Open, life.Today), (Limit(life, "arrangeKeptProvision").Standing, Limit(life, "arrangeKeptProvision").Limit.From));
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.RuleKey is "sendKeptPlan" or "firstReview");
    }

    [Fact]
    public void No_plan_is_notified_to_the_family_and_the_person_in_charge()
    {
        var life = Assessed();
        life.On(Cases.Received.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(false, "Not necessary."));
        Assert.Equal(LimitStatus.Met, Limit(life, "notifyNoPlan").Standing);
        Assert.Superset(Detained.OfThePlace.ToHashSet(), Detained.Told(life, NoticeKind.NoPlan).ToHashSet());
    }

    [Fact]
    public void Absence_is_no_ground_and_exceptional_circumstances_are()
    {
        var life = Considered().On(Cases.Received.AddDays(40));
        life.Refused("not-claimed-this-way", Claim(Ground.AbsentFromArea));
        life.Refused("not-claimed-this-way", Claim(Ground.EarlyYearsProviderClosed));

        life.Do(Claim(Ground.ExceptionalCircumstances));
        Assert.Equal([Ground.ExceptionalCircumstances], Limit(life, "decideWhetherToAssess").Limit.RelievedBy);
        Life.Opened(Detained.Facts).On(Cases.Received.AddDays(40)).Do(Claim(Ground.AbsentFromArea));

        static ClaimException Claim(Ground ground) => new("away", ground, Cases.Received.AddDays(2), Cases.Received.AddDays(39), "A letter.", "Nobody could be seen.");
    }

    [Theory]
    [InlineData(Remedy.NameInstitution, true)]
    [InlineData(Remedy.AmendContents, false)]
    [InlineData(Remedy.ContinuePlan, false)]
    [InlineData(Remedy.Reassess, false)]
    public void Of_a_plan_only_the_institution_is_appealed_against(Remedy remedy, bool known)
    {
        var life = Drafted().On(Cases.Received.AddDays(50)).Do(new FinalisePlan("Officer One"));
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).On(life.Today.AddDays(40));
        var order = new NoteAppeal(AppealStep.Ordered, life.Today, remedy);
        if (!known)
        {
            life.Refused("no-such-remedy", order);
            return;
        }

        life.Do(order);
        Assert.Equal((LimitStatus.Open, life.Today.AddDays(14)), (Limit(life, "orderNameInstitution").Standing, Limit(life, "orderNameInstitution").Limit.Due));
        Assert.Equal(Six.Order(), Detained.Told(life, NoticeKind.AmendedPlan));
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Limit(life, "orderNameInstitution").Standing);
    }

    [Fact]
    public void A_refusal_can_be_ordered_to_be_undone_within_two_weeks()
    {
        var life = Considered().Do(new RecordConsultation(Cases.Received, "Wants one."));
        life.Do(Detained.Consulted(life)).Do(new DecideWhetherToAssess(false, "Not necessary.")).On(Cases.Received.AddDays(20));
        life.Do(new NoteAppeal(AppealStep.Registered, life.Today)).On(life.Today.AddDays(30)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.Assess));

        Assert.Equal((LimitStatus.Met, life.Today.AddDays(14)), (Limit(life, "orderNotifyAssessment").Standing, Limit(life, "orderNotifyAssessment").Limit.Due));
        Assert.Equal(life.Today.AddDays(98), Limit(life, "orderFinalPlan").Limit.Due);
    }

    [Fact]
    public void Detention_in_the_middle_keeps_the_start_and_what_was_done_and_the_plan_goes_to_six()
    {
        var life = Life.Assessing(Detained.Facts).On(Cases.Received.AddDays(10));
        Detained.From(life);

        Assert.Equal((LimitStatus.Met, Cases.Received, "SEND Regs 2014 reg 5(1)-(3)"), Summary(Limit(life, "decideWhetherToAssess")));
        Assert.Equal((Cases.Received.AddDays(140), "SI 2015/62 reg 13(2)"), (Limit(life, "finalPlan").Limit.Due, Limit(life, "finalPlan").Limit.Citation));
        Assert.Superset(Detained.OfThePlace.ToHashSet(), Detained.Told(life, NoticeKind.WillAssess).ToHashSet());
        Assert.Single(life.State.Notices, n => n is { Kind: NoticeKind.WillAssess, To: RecipientRole.Family });

        var final = Finalised(life);
        Assert.Equal(Six.Order(), Detained.Told(final, NoticeKind.FinalPlan));

        static (LimitStatus, DateOnly?, string) Summary(LimitProgress limit) => (limit.Standing, limit.MetOn, limit.Limit.Citation);
    }

    [Fact]
    public void Release_in_the_middle_keeps_the_start_and_the_plan_goes_to_three_by_the_ordinary_rules()
    {
        var life = Assessed().On(Cases.Received.AddDays(10));
        life.Do(new RecordRelease(life.Today));

        Assert.Equal((Cases.Received.AddDays(140), "CFA 2014 ss39(8), 40(5); SEND Regs 2014 reg 13(2)"), (Limit(life, "finalPlan").Limit.Due, Limit(life, "finalPlan").Limit.Citation));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "review-after-release");
        Assert.Equal([RecipientRole.Family, RecipientRole.Icb, RecipientRole.NamedInstitution], Detained.Told(Finalised(life), NoticeKind.FinalPlan));
    }

    [Fact]
    public void A_plan_on_its_way_goes_to_those_of_the_place_too()
    {
        var life = Life.Consulting(Disputed.ByPost with { Child = Detained.Facts.Child }).HandOverAll();
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(25)).Do(new FinalisePlan("Officer One"));
        Assert.Equal(Stage.Finalising, life.State.Stage);

        Detained.From(life);
        Assert.Equal(Six.Order(), Detained.Told(life, NoticeKind.FinalPlan));
        Assert.Equal(Stage.PlanIssued, life.HandOverAll().State.Stage);
    }

    [Fact]
    public void A_move_while_an_assessment_is_considered_tells_the_new_person_in_charge()
    {
        var life = Considered().On(Cases.Received.AddDays(5));
        life.Do(new RecordDetentionMove(Detained.OtherAccommodation, life.Today));
        Assert.Equal(
            [Cases.Accommodation, Detained.OtherAccommodation],
            life.State.Notices.Where(n => n is { Kind: NoticeKind.AssessmentConsidered, To: RecipientRole.PersonInCharge, SentOn: not null }).Select(n => n.Agency!));
        Assert.Equal(LimitStatus.Met, Limit(life, "tellPartners").Standing);
    }

    private static Life Considered() => Detained.From(Life.Opened(Detained.Facts with { Route = RequestRoute.PersonInCharge }));

    private static Life Assessed()
    {
        var life = Considered().Do(new RecordConsultation(Cases.Received, "Wants one."));
        return life.Do(Detained.Consulted(life)).Do(new DecideWhetherToAssess(true, "May be necessary."));
    }

    private static Life Drafted() => Placed(Assessed());

    private static Life Placed(Life life)
    {
        life.On(Cases.Received.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        return life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
    }

    private static Life Finalised(Life life) => Placed(life).On(Cases.Received.AddDays(50)).Do(new FinalisePlan("Officer One"));

    private static LimitProgress Limit(Life life, string key) => Disputed.Limit(life, key);
}
