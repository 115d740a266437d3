using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Transferring;

/// <summary>Before a child changes phase the plan is reviewed, amended and names the place, by the day of reg 18: met, met late, missed and chased.</summary>
public class PhaseTransferTests
{
    private static readonly DateOnly Begins = new(2027, 9, 1);

    public static TheoryData<TransferOfPhase, string, string> Limits18 => new()
    {
        { TransferOfPhase.EarlyYearsToSchool, "phaseTransferOther", "2027-02-14" },
        { TransferOfPhase.InfantToJunior, "phaseTransferOther", "2027-02-14" },
        { TransferOfPhase.PrimaryToMiddle, "phaseTransferOther", "2027-02-14" },
        { TransferOfPhase.PrimaryToSecondary, "phaseTransferOther", "2027-02-14" },
        { TransferOfPhase.MiddleToSecondary, "phaseTransferOther", "2027-02-14" },
        { TransferOfPhase.SecondaryToPost16, "phaseTransferPost16", "2027-03-30" },
        { TransferOfPhase.BetweenPost16, "post16Move", "2027-04-01" },
    };

    [Theory]
    [MemberData(nameof(Limits18))]
    public void The_sent_amended_plan_that_names_the_place_meets_the_limit(TransferOfPhase transfer, string rule, string due)
    {
        var life = Recorded(transfer, Disputed.ByPost);
        Assert.Equal((LimitStatus.Open, due), (Disputed.Limit(life, rule).Standing, $"{Disputed.Limit(life, rule).Limit.Due:yyyy-MM-dd}"));

        Amended.Placed(life, Begins);
        life.On(life.Today.AddDays(16)).Do(new FinaliseAmendedPlan("Officer One"));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, rule).Standing);
        life.HandOverAll();

        Assert.Equal((LimitStatus.Met, life.Today), (Disputed.Limit(life, rule).Standing, Disputed.Limit(life, rule).MetOn!.Value));
        Assert.StartsWith("From 1 September 2027: Example Special School", Assert.Single(life.State.NewestPlan!.Section(PlanSectionLetter.I).Lines).Text, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(life.Events.OfType<TransferPlanMade>()).Version);

        // Another amendment before the transfer does not make it late.
        life.On(new DateOnly(2027, 5, 3));
        Amended.Finalised(Amended.Edited(life).Do(new ProposeAmendments("A new report.", "Weekly.")).HandOverAll());
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, rule).Standing);
        Assert.DoesNotContain(life.State.MissedLimits, name => name.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void A_limit_that_passes_is_chased_missed_and_met_late_when_the_plan_is_sent()
    {
        var life = Recorded(TransferOfPhase.PrimaryToSecondary);
        life.On(new DateOnly(2027, 2, 14));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "phaseTransferOther").Standing);
        Assert.Contains(life.Effects.OfType<RemindOfDuty>(), told => told.Limit == "phaseTransferOther@2027-02-14");

        life.On(new DateOnly(2027, 3, 15));
        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, "phaseTransferOther").Standing);
        Assert.Contains("phaseTransferOther@2027-02-14", life.State.MissedLimits);
        Assert.Contains(life.Events.OfType<DutyChased>(), step => step is { Limit: "phaseTransferOther@2027-02-14", Told: true } && step.ToRole == "head of service");

        Amended.Finalised(Amended.Placed(life, Begins));
        Assert.Equal((LimitStatus.MetLate, life.Today), (Disputed.Limit(life, "phaseTransferOther").Standing, Disputed.Limit(life, "phaseTransferOther").MetOn!.Value));
    }

    [Fact]
    public void An_amended_plan_that_names_no_place_of_that_year_meets_nothing()
    {
        var life = Recorded(TransferOfPhase.PrimaryToSecondary);
        Amended.Finalised(Amended.Edited(life).Do(new ProposeAmendments("A new report.", "Weekly.")).HandOverAll());

        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "phaseTransferOther").Standing);
        Amended.Finalised(Amended.Placed(life, Begins.AddDays(-300)));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "phaseTransferOther").Standing);
        Assert.Empty(life.Events.OfType<TransferPlanMade>());
    }

    [Fact]
    public void A_plan_in_force_that_names_the_place_already_meets_it_and_a_proposal_that_was_left_does_not()
    {
        var named = Amended.Finalised(Amended.Placed(Disputed.Issued(), Begins));
        var sent = named.Today;
        named.On(sent.AddDays(30)).Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
        Assert.Equal((LimitStatus.Met, sent), (Disputed.Limit(named, "phaseTransferOther").Standing, Disputed.Limit(named, "phaseTransferOther").MetOn!.Value));

        var left = Amended.Placed(Disputed.Issued(), Begins).Do(new DecideNotToAmend("Not now.")).HandOverAll();
        left.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(left, "phaseTransferOther").Standing);
    }

    [Fact]
    public void Who_stays_has_no_limit_and_a_correction_takes_the_place_of_what_was_recorded_for_the_year()
    {
        var life = Recorded(TransferOfPhase.PrimaryToSecondary);
        life.Refused("reasons-unclear", new RecordPhaseTransfer(TransferOfPhase.Stays, Begins));
        life.Do(new RecordPhaseTransfer(TransferOfPhase.Stays, Begins, Reasons: "The school teaches up to nineteen."));
        Assert.Empty(OfTransfer(life));

        life.Do(new RecordPhaseTransfer(TransferOfPhase.SecondaryToPost16, Begins, life.Today, "The college."));
        Assert.Equal(["phaseTransferPost16"], OfTransfer(life));
        Assert.Equal(new PhaseTransfer(TransferOfPhase.SecondaryToPost16, Begins, life.Today, "The college."), Assert.Single(life.State.PhaseTransfers));
    }

    [Fact]
    public void There_is_no_limit_of_a_day_before_the_plan_and_none_applies_to_a_plan_that_has_ceased()
    {
        var late = Disputed.Issued().Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, new DateOnly(2026, 9, 1)));
        Assert.Empty(OfTransfer(late));

        var over = Recorded(TransferOfPhase.PrimaryToSecondary);
        over.Do(new RecordPlanCeased(over.Today, Died: true));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(over, "phaseTransferOther").Standing);
        over.Refused("plan-ceased", new RecordPhaseTransfer(TransferOfPhase.PrimaryToMiddle, Begins));
    }

    [Fact]
    public void A_wrong_year_is_put_right_in_both_directions()
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 10, 1));
        life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins.AddYears(1), life.Today, "The school by the river."));
        life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins, life.Today, "The school by the river."));

        Assert.Equal(new DateOnly(2027, 2, 14), Disputed.Limit(life, "phaseTransferOther").Limit.Due);
        Assert.Equal(Begins, Assert.Single(life.State.PhaseTransfers).On);

        life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins.AddYears(1))).Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
        Assert.Equal(Begins, PhaseTransfers.Current(life.State)?.On);
        Assert.Equal(new DateOnly(2027, 2, 14), Disputed.Limit(life, "phaseTransferOther").Limit.Due);
    }

    [Fact]
    public void What_cannot_be_so_is_refused()
    {
        var life = Recorded(TransferOfPhase.PrimaryToSecondary);
        life.Refused("nothing-changed", new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
        life.Refused("transfer-over", new RecordPhaseTransfer(TransferOfPhase.InfantToJunior, Begins.AddYears(-1)));
        life.Refused("day-missing", new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins, Preference: "The grammar school."));
        life.Refused("reasons-unclear", new RecordPhaseTransfer(TransferOfPhase.PrimaryToMiddle, Begins, Reasons: "So."));
        Life.Assessing().Refused("wrong-stage", new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
    }

    [Fact]
    public void Of_a_plan_whose_text_is_not_known_here_the_sending_is_recorded()
    {
        var life = Taken.Over(new(2026, 3, 2), Taken.Plan).Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins));
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "phaseTransferOther").Standing);

        life.On(new DateOnly(2026, 12, 1)).Do(new RecordAct(Act.TransferPlanSent, life.Today, "By letter."));

        Assert.Equal((LimitStatus.Met, life.Today), (Disputed.Limit(life, "phaseTransferOther").Standing, Disputed.Limit(life, "phaseTransferOther").MetOn!.Value));
    }

    /// <summary>A plan of early 2026, and in October the transfer of the year after.</summary>
    private static Life Recorded(TransferOfPhase transfer, OpeningFacts? facts = null)
    {
        var life = Disputed.Issued(facts);
        return life.On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(transfer, Begins));
    }

    private static IEnumerable<string> OfTransfer(Life life) =>
        Limits.Of(life.State, life.Today, life.Rules).Select(l => l.Limit.RuleKey).Where(key => key.StartsWith("phaseTransfer", StringComparison.Ordinal) || key == "post16Move");
}
