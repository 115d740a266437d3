using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Ending;

/// <summary>A request that is withdrawn after the plan was finalised: possible until the family was sent the plan.</summary>
public sealed class WithdrawnBeforeSendingTests
{
    [Fact]
    public void Until_the_family_was_sent_the_plan_the_request_can_be_withdrawn_and_the_plan_is_not_sent()
    {
        var life = Finalised();
        var letter = Letter(life, RecipientRole.Family);
        Assert.Equal((null, Stage.Finalising), (letter.SentOn, life.State.Stage));
        Assert.Contains(life.State.Attention, a => a.Id == $"post-{letter.Id}");

        life.Do(new WithdrawRequest(life.Today, "The child has died."));

        Assert.Equal((Stage.Withdrawn, life.Today, null), (life.State.Stage, life.State.EndedOn, life.State.FinalPlanSentOn));
        Assert.Equal([letter.Id], life.State.EndedNotices.Select(n => n.Id));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"post-{letter.Id}" || a.Id == "stop-final-plan");
        life.Refused("no-longer-due", new RecordNoticeSent(letter.Id, life.Today, NoticeChannel.Post));
    }

    [Fact]
    public void What_agencies_were_sent_stays_on_record_but_does_not_meet_the_limit_and_is_not_sent_again()
    {
        var life = Finalised();
        life.Do(new WithdrawRequest(life.Today, "The family no longer wishes for a plan."));

        var sent = life.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).ToList();
        Assert.Equal([RecipientRole.Icb, RecipientRole.NamedInstitution], sent.Select(n => n.To).Order());
        Assert.All(sent, n => Assert.NotNull(n.SentOn));
        var told = Assert.Single(life.State.Attention, a => a.Id == "final-plan-not-made").Text;
        Assert.All(sent, n => Assert.Contains(n.Agency!.Name, told, StringComparison.Ordinal));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "finalPlan").Standing);
        life.Refused("no-longer-due", new RecordNotArrived("The ICB has no such plan.", Letter(life, RecipientRole.Icb).Id));

        var returned = Letter(life, RecipientRole.Icb).Id;
        life.Do(new RecordNoticeOutcome(returned, NoticeOutcome.Returned, life.Today, "Gone away.")).On(Cases.Received.AddDays(200));
        Assert.Contains(life.State.EndedNotices, n => n.Id == returned);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"post-{returned}");
        Assert.Equal((Stage.Withdrawn, LimitStatus.Fallen), (life.State.Stage, Disputed.Limit(life, "finalPlan").Standing));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("finalPlan", StringComparison.Ordinal));
    }

    [Fact]
    public void Letters_under_way_are_to_be_stopped_and_failed_ones_are_nobodys_task()
    {
        var fails = false;
        var life = Life.Assessing(effect => fails && effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done);
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        Placed(life);
        fails = true;
        life.Do(new FinalisePlan("Officer One"));
        Assert.NotEmpty(life.State.FailedEffects);

        life.Do(new WithdrawRequest(life.Today, "The family no longer wishes for a plan."));

        Assert.Equal(3, life.State.EndedNotices.Count(n => n.Kind == NoticeKind.FinalPlan));
        Assert.DoesNotContain(life.State.Notices, n => n.Kind == NoticeKind.FinalPlan);
        Assert.Empty(life.State.FailedEffects);
        Assert.Contains(life.State.Attention, a => a.Id == "stop-final-plan");
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "final-plan-not-made");
    }

    [Theory]
    [InlineData(RecipientRole.Family)]
    [InlineData(RecipientRole.Icb)]
    public void A_plan_that_the_family_was_sent_once_can_only_cease(RecipientRole returnedBy)
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.Do(new RecordNoticeOutcome(Letter(life, returnedBy).Id, NoticeOutcome.Returned, life.Today, "Gone away."));
        Assert.Equal(Stage.Finalising, life.State.Stage);

        life.Refused("already-finalised", new WithdrawRequest(life.Today, "The family no longer wishes for a plan."));
    }

    [Fact]
    public void Other_ends_wait_until_the_plan_was_sent_and_say_so()
    {
        var life = Finalised();
        life.Refused("already-finalised", new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today, life.Today));
        life.Refused("wrong-stage", new RecordPlanCeased(life.Today, Died: true));
    }

    private static Life Finalised()
    {
        var life = Placed(Disputed.Sent(Life.Consulting(Disputed.ByPost)));
        return life.Do(new FinalisePlan("Officer One"));
    }

    private static Life Placed(Life life)
    {
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        return life.On(life.Today.AddDays(20));
    }

    private static Notice Letter(Life life, RecipientRole to) => life.State.Notices.Single(n => n.Kind == NoticeKind.FinalPlan && n.To == to);
}
