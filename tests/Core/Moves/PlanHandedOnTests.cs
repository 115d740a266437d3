using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Moves;

/// <summary>Once another council maintains the plan, nothing about it starts or continues here.</summary>
public class PlanHandedOnTests
{
    public static TheoryData<string> Before => ["issued", "review arranged", "review held", "amendment proposed", "transfer", "ceasing considered", "to cease", "taken over"];

    [Theory]
    [MemberData(nameof(Before))]
    public void Nothing_is_due_chased_or_asked_any_more(string before)
    {
        var life = HandedOn(At(before));
        Assert.All(Limits.Of(life.State, life.Today, life.Rules), l => Assert.True(l.Standing is not (LimitStatus.Open or LimitStatus.Missed) || l.Limit.Due < life.Today, $"{l.Limit.Key} is {l.Standing}"));

        var (events, effects) = (life.Events.Count, life.Effects.Count);
        life.On(life.Today.AddYears(3));

        Assert.Empty(life.Events.Skip(events));
        Assert.Empty(life.Effects.Skip(effects));
        Assert.Null(life.WakeAt);
    }

    [Theory]
    [MemberData(nameof(Before))]
    public void Nothing_starts_any_more(string before)
    {
        var life = HandedOn(At(before));

        life.Refused("plan-handed-on", new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));
        life.Refused("plan-handed-on", new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, life.Today.AddDays(300)));
        life.Refused("plan-handed-on", new ConsiderCeasing(CeasingReason.HigherEducation, "A place was taken up.", life.Today.AddDays(21)));
        life.Refused("plan-handed-on", new DecideOnCeasing(false, "Kept."));
        life.Refused("plan-handed-on", new RecordPlanCeased(life.Today));
        life.Refused("plan-handed-on", Reviewed.Meeting(life));
        life.Refused("plan-handed-on", Reviewed.Decision(ReviewChoice.Keep));
        life.Refused("plan-handed-on", new DecideOnPlan(true, "New advice."));
        life.Refused("nothing-to-meet", new RecordAct(Act.PlanHandedOn, life.Today.AddDays(-1), "To council 331."));
        if (before != "taken over")
        {
            life.Refused("plan-handed-on", new ProposeAmendments("A report.", "More."));
        }
    }

    [Fact]
    public void Its_limits_are_shown_as_no_longer_applying()
    {
        var transfer = At("transfer");
        Assert.Equal(LimitStatus.Open, Disputed.Limit(transfer, "phaseTransferOther").Standing);
        HandedOn(transfer);
        Assert.Equal((LimitStatus.Fallen, LimitStatus.Fallen), (Disputed.Limit(transfer, "phaseTransferOther").Standing, Disputed.Limit(transfer, "firstReview").Standing));

        var reviewed = Reviewed.Decided(At("review held"), ReviewChoice.Keep, 10);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(reviewed, "annualReview").Standing);
        HandedOn(reviewed);
        Assert.Equal((LimitStatus.Fallen, LimitStatus.Met), (Disputed.Limit(reviewed, "annualReview").Standing, Disputed.Limit(reviewed, "firstReview").Standing));

        var taken = HandedOn(At("taken over"));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(taken, "transferReview").Standing);
        Assert.Contains("Another council maintains the plan now", StatusLine.Of(taken.State, taken.Today, taken.Rules), StringComparison.Ordinal);
        Assert.Equal(taken.Today, MaintainedPlan.HandoverDay(taken.State));
    }

    [Fact]
    public void What_was_missed_before_stays_on_record_and_is_chased_no_longer()
    {
        var life = At("transfer");
        life.On(new DateOnly(2027, 2, 20));
        Assert.Contains("phaseTransferOther@2027-02-14", life.State.MissedLimits);
        Assert.NotNull(life.WakeAt);

        HandedOn(life);

        Assert.Contains("phaseTransferOther@2027-02-14", life.State.MissedLimits);
        Assert.Null(Limits.OpenLimit(life.State, "phaseTransferOther@2027-02-14", life.Today, life.Rules));
        Assert.Null(life.WakeAt);
    }

    [Fact]
    public void The_day_on_which_a_child_who_moved_away_leaves_school_is_not_told_of()
    {
        var facts = Disputed.ByPost with { Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2011, 3, 1) } };
        var stayed = Disputed.Issued(facts).On(new DateOnly(2027, 7, 10));
        var moved = HandedOn(Disputed.Issued(facts)).On(new DateOnly(2027, 7, 10));

        Assert.Contains(stayed.State.Notices, n => n.Kind == NoticeKind.RightsPassedOn);
        Assert.DoesNotContain(moved.State.Notices, n => n.Kind == NoticeKind.RightsPassedOn);
    }

    [Fact]
    public void An_act_recorded_by_mistake_is_corrected_and_the_plan_is_maintained_again()
    {
        var life = HandedOn(At("transfer"));
        life.Do(new CorrectRecord(MistakenRecord.Act, life.Today, "It was another child's.", null, "planHandedOn"));

        Assert.True(MaintainedPlan.IsMaintainedHere(life.State));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "phaseTransferOther").Standing);
        Assert.NotNull(life.WakeAt);
    }

    private static Life HandedOn(Life life) => life.Do(new RecordAct(Act.PlanHandedOn, life.Today, "To council 331, with its advice."));

    private static Life At(string before) => before switch
    {
        "issued" => Disputed.Issued(),
        "review arranged" => Reviewed.Arranged(Disputed.Issued()),
        "review held" => Reviewed.Held(Reviewed.Arranged(Disputed.Issued())),
        "amendment proposed" => Amended.Proposed(Disputed.Issued()),
        "transfer" => Disputed.Issued().On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, new(2027, 9, 1))),
        "ceasing considered" => Amended.Considered(Disputed.Issued()),
        "to cease" => Amended.ToCease(Disputed.Issued()),
        _ => Taken.Over(new(2026, 3, 2), Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 2, 20) }),
    };
}
