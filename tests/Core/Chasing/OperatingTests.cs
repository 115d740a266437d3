using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>What operators may do: with a reason, on record, and never twice by mistake.</summary>
public class OperatingTests
{
    private static readonly Actor Operator = new() { Role = ActorRole.Operator, Id = "op" };

    [Fact]
    public void A_reminder_by_hand_goes_once_a_day_and_needs_a_reason()
    {
        var life = Life.Assessing();
        var id = life.State.Requests.Single(r => r.Kind == AdviceKind.Medical).Id;

        life.Refused("text-missing", new RemindNow(id, " "), Operator);
        life.Do(new RemindNow(id, "Asked by telephone."), Operator);
        life.Refused("already-today", new RemindNow(id, "Again."), Operator);

        Assert.Equal("by-hand@2026-01-05", Assert.Single(life.Effects.OfType<SendReminder>()).Step);
        life.On(life.Today.AddDays(1)).Do(new RemindNow(id, "Again."), Operator);
    }

    [Fact]
    public void A_request_is_sent_again_and_keeps_its_limit()
    {
        var life = Life.Assessing();
        var before = life.State.Requests.Single(r => r.Kind == AdviceKind.Medical);

        life.On(life.Today.AddDays(3)).Do(new SendRequestAgain(before.Id, "It never came."), Operator);

        Assert.Equal(2, life.Effects.OfType<SendAdviceRequest>().Count(e => e.RequestId == before.Id));
        Assert.Equal(before.ReceivedByBodyOn, life.State.Requests.Single(r => r.Id == before.Id).ReceivedByBodyOn);
    }

    [Fact]
    public void A_failed_effect_is_on_record_until_it_is_tried_again_or_given_up()
    {
        var life = Life.Assessing();
        var effect = life.Effects.OfType<SendAdviceRequest>().First();
        life.Do(new EffectSettled("330-X/3/1", effect, EffectOutcome.NeedsHuman, life.Today, "The address is unknown."), Actor.TheHub);
        Assert.Equal("330-X/3/1", Assert.Single(life.State.FailedEffects).EffectId);

        life.Refused("not-failed", new RetryEffect("330-X/3/2", "Try."), Operator);
        life.Do(new RetryEffect("330-X/3/1", "The address was put right."), Operator);

        Assert.Empty(life.State.FailedEffects);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "effect-3/1");
        Assert.Equal(effect with { Repeats = "330-X/3/1" }, life.Effects[^1]);

        // Failed again: the other side still knows it by the first id.
        life.Do(new EffectSettled("330-X/9/1", life.Effects[^1], EffectOutcome.NeedsHuman, life.Today, "Refused."), Actor.TheHub);
        life.Do(new RetryEffect("330-X/9/1", "Once more."), Operator);
        Assert.Equal(effect with { Repeats = "330-X/3/1" }, life.Effects[^1]);

        var tried = life.Effects.Count;
        life.Do(new EffectSettled("330-X/12/1", effect, EffectOutcome.Permanent, life.Today, "Refused."), Actor.TheHub);
        life.Do(new AbandonEffect("330-X/12/1", "Sent by post."), Operator);
        Assert.Empty(life.State.FailedEffects);
        Assert.Equal(tried, life.Effects.Count);
    }

    [Fact]
    public void A_pause_ends_by_itself_and_is_never_longer_than_four_weeks()
    {
        var life = Life.Assessing();
        life.Refused("pause-too-long", new PauseChasing(life.Today.AddDays(29), "Why not."), Operator);
        life.Refused("not-paused", new ResumeChasing("It is up."), Operator);

        life.On(new DateOnly(2026, 1, 30)).Do(new PauseChasing(new DateOnly(2026, 2, 20), "Their system is down."), Operator);
        life.On(new DateOnly(2026, 2, 20));
        Assert.DoesNotContain(life.Events, e => e is ChaseStepTaken);
        Assert.Equal(new DateTimeOffset(2026, 2, 21, 6, 0, 0, TimeSpan.Zero), life.WakeAt);
        life.On(new DateOnly(2026, 2, 21));
        Assert.Contains(life.Events, e => e is ChaseStepTaken { Told: true });
    }

    [Fact]
    public void A_family_link_opens_until_it_is_revoked()
    {
        var life = Life.Assessing();
        life.Refused("link-too-long", new IssueFamilyLink("l1", life.Today.AddDays(400)));
        life.Do(new IssueFamilyLink("l1", life.Today.AddDays(200)));
        life.Do(new RevokeFamilyLink("l1", "Lost."), Operator);

        Assert.True(life.State.FamilyLinks.Single().Revoked);
        life.Refused("already-revoked", new RevokeFamilyLink("l1", "Lost."), Operator);
        life.Refused("not-the-sender", new IssueFamilyLink("l2", life.Today.AddDays(9)), Operator);
    }

    [Fact]
    public void A_council_puts_its_own_steps_over_the_ladder_it_stands_on()
    {
        var own = ChaseLadder.Parse(
            new MemoryStream(Encoding.UTF8.GetBytes(
                """
                {"id":"example","version":"1","inForceFrom":"2026-01-01","note":"Ours.","branches":[],"ladders":[
                  {"of":"nhs","steps":[{"key":"call","kind":"escalation","days":2,"unit":"workingDays","to":"commissioner"}]}]}
                """)),
            ChaseLadder.Default);
        var book = new RuleBook([Cases.Profile], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default, new Dictionary<Contracts.Identifiers.LocalAuthorityCode, ChaseLadder> { [Cases.Council] = own });

        Assert.Equal(["call"], book.For(Cases.Id).Chase.StepsFor(ChaseGroup.Nhs).Select(s => s.Key));
        Assert.Equal(ChaseLadder.Default.StepsFor(ChaseGroup.Setting), own.StepsFor(ChaseGroup.Setting));
        Assert.Equal(new DateOnly(2026, 2, 18), own.StepsFor(ChaseGroup.Nhs)[0].DayFor(new DateOnly(2026, 2, 16)));
    }

    [Theory]
    [InlineData("""{"id":"x","version":"1","inForceFrom":"2026-01-01","note":"","branches":[],"ladders":[{"of":"nhs","steps":[{"key":"a","kind":"reminder","days":-1,"unit":"workingDays","to":"x"}]}]}""")]
    [InlineData("""{"id":"x","version":"1","inForceFrom":"2026-01-01","note":"","branches":[],"ladders":[{"of":"nhs","steps":[{"key":"a@b","kind":"reminder","days":1,"unit":"days","to":"x"}]}]}""")]
    [InlineData("""{"id":"x","version":"1","inForceFrom":"2026-01-01","note":"","branches":[],"ladders":[{"of":"moon","steps":[]}]}""")]
    public void Data_that_cannot_be_used_is_refused_when_it_is_read(string data) =>
        Assert.Throws<InvalidDataException>(() => ChaseLadder.Parse(new MemoryStream(Encoding.UTF8.GetBytes(data)), ChaseLadder.Default));
}
