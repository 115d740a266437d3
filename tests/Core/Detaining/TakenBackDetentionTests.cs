using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>A detention or a release that did not happen is taken back: the rules that apply are those of the true record, and nobody keeps what was sent by mistake.</summary>
public sealed class TakenBackDetentionTests
{
    // The plan was sent on 24 February 2026: its first review is due on 23 February 2027.
    private static readonly DateOnly ReviewDue = new(2027, 2, 23);

    [Fact]
    public void Without_the_detention_the_ordinary_rules_apply_and_a_review_that_fell_due_is_missed()
    {
        var life = Plan().On(ReviewDue.AddDays(-60));
        var began = life.Today;
        Detained.From(life).On(ReviewDue.AddDays(20));
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == "firstReview");

        life.Do(Untrue("start", began)).On(life.Today);

        Assert.Empty(life.State.Detentions);
        Assert.Equal((LimitStatus.Missed, ReviewDue), (Disputed.Limit(life, "firstReview").Standing, Disputed.Limit(life, "firstReview").Limit.Due));
        Assert.Contains($"firstReview@{ReviewDue:yyyy-MM-dd}", life.State.MissedLimits);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key is "arrangeKeptProvision" or "sendKeptPlan");
        Assert.DoesNotContain(life.State.Attention, a => a.Id is "kept-provision" or "monitoring-meeting");
        var task = Task(life);
        Assert.Contains($"Letters were sent to the family, {Cases.Accommodation.Name}, {Cases.Commissioner.Name}, {Cases.YouthOffendingTeam.Name}. Write to each of them", task, StringComparison.Ordinal);
        Assert.Contains("UK GDPR art 33", task, StringComparison.Ordinal);
        Assert.DoesNotContain("rights of appeal", task, StringComparison.Ordinal);

        // Those who should never have had the plan cannot open it any more. What the family was sent stays theirs.
        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.PlanKeptInDetention), n => Assert.Equal(n.To != RecipientRole.Family, n.EndedOn is not null));
        life.Refused("no-such-record", Untrue("start", began));

        Detained.From(life);
        Assert.Equal(1, life.State.Detentions.Single().Number);
    }

    [Fact]
    public void Letters_that_were_not_sent_are_stopped_and_the_final_plan_no_longer_waits_for_them()
    {
        var life = Life.Assessing(effect => effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done);
        life.Do(new CorrectFacts("The certificate.", Child: Detained.Facts.Child)).HandOverAll();
        Detained.From(life);
        Assert.Contains(life.State.Notices, n => n.To == RecipientRole.YouthOffendingTeam && n.SentOn is null);

        life.Do(Untrue("start", life.Today));

        Assert.DoesNotContain(life.State.Notices, n => Detained.OfThePlace.Contains(n.To));
        Assert.Empty(life.State.FailedEffects);
        var task = Task(life);
        Assert.Contains("No letter about this was sent.", task, StringComparison.Ordinal);
        Assert.Contains("are not on record as sent and are stopped", task, StringComparison.Ordinal);
        Assert.DoesNotContain("art 33", task, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_that_was_sent_in_that_time_may_state_the_wrong_rights_of_appeal()
    {
        var life = Life.Opened(Detained.Facts);
        Detained.From(life).Do(new RecordConsultation(life.Today, "Wants one.")).Do(Detained.Consulted(life)).Do(new DecideWhetherToAssess(false, "Not necessary.")).HandOverAll();

        life.Do(Untrue("start", life.Today));

        Assert.Contains("the letter may state the wrong rights of appeal", Task(life), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_release_the_plan_is_kept_again_with_what_is_owed_during_the_detention()
    {
        var life = Plan().On(ReviewDue.AddDays(10));
        Detained.From(life).On(ReviewDue.AddDays(30));
        Assert.Contains(life.State.Attention, a => a.Id == "monitoring-meeting");
        var limits = Limits.Of(life.State, life.Today.AddDays(5), life.Rules).Select(l => (l.Limit.Key, l.Limit.Due, l.Standing)).ToList();
        var released = life.Today;
        life.Do(new RecordRelease(released)).On(released.AddDays(5));

        life.Do(Untrue("release", released));

        Assert.NotNull(Detentions.Current(life.State));
        Assert.Equal(limits, Limits.Of(life.State, life.Today, life.Rules).Select(l => (l.Limit.Key, l.Limit.Due, l.Standing)));
        Assert.Contains(life.State.Attention, a => a.Id == "kept-provision");
        Assert.Contains(life.State.Attention, a => a.Id == "monitoring-meeting");
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "review-after-release");
        Assert.Contains($"Letters were sent to the family, {Cases.Icb.Name}, {Cases.OtherSchool.Name}, {Cases.YouthOffendingTeam.Name}.", Task(life), StringComparison.Ordinal);
        Assert.All(life.State.Notices, n => Assert.Null(n.EndedOn));
        life.Refused("detained", new ConsiderCeasing(CeasingReason.HigherEducation, "A place.", life.Today.AddDays(20)));

        // What was done in the detention does not have to be done again.
        life.Do(new RecordAct(Act.KeptProvisionArranged, life.Today, "With the home.")).Do(new RecordAct(Act.MonitoringMeetingHeld, life.Today, "On the unit."));
        life.Do(new RecordRelease(life.Today)).Do(Untrue("release", life.Today));
        Assert.DoesNotContain(life.State.Attention, a => a.Id is "kept-provision" or "monitoring-meeting");
    }

    [Fact]
    public void What_cannot_be_taken_back_is_refused_with_the_reason()
    {
        var life = Plan().On(new DateOnly(2026, 9, 7));
        var first = life.Today;
        Detained.From(life).Do(new RecordDetentionMove(Detained.OtherAccommodation, life.Today)).On(first.AddDays(20)).Do(new RecordRelease(life.Today));
        var released = life.Today;
        Detained.From(life.On(first.AddDays(40)));
        life.Refused("day-missing", Untrue("aware", first));
        life.Refused("day-missing", Untrue("move", first));
        life.Refused("later-detention", Untrue("release", released));

        // An earlier detention can be taken back; the later one stays, with its own number and letters.
        life.Do(Untrue("start", first));
        Assert.Equal(2, life.State.Detentions.Single().Number);
        Assert.NotNull(Detentions.Current(life.State));
        Assert.Contains(life.State.Attention, a => a.Id == "kept-provision");
        Assert.Contains(life.State.Notices, n => n is { To: RecipientRole.PersonInCharge, EndedOn: null });
        life.Do(new RecordRelease(life.Today));
        Assert.Null(Detentions.Current(life.State));
    }

    [Fact]
    public void Only_the_council_reads_the_task_and_only_the_council_and_the_family_the_correction()
    {
        var life = Plan();
        Detained.From(life).Do(Untrue("start", life.Today));
        var asked = Assert.Single(life.Events.OfType<AttentionRequested>(), e => e.Attention.Id == "untrue-detention");
        Assert.Equal(Audience.Council, asked.OnlyTold());
        Assert.Equal(Audience.Council | Audience.Family, Assert.Single(life.Events.OfType<RecordCorrected>()).OnlyTold());
    }

    private static CorrectRecord Untrue(string which, DateOnly was) => new(MistakenRecord.Detention, was, "It was another child's.", null, which);

    private static Life Plan() => Disputed.Issued(Detained.Facts);

    private static string Task(Life life) => Assert.Single(life.State.Attention, a => a.Id == "untrue-detention").Text;
}
