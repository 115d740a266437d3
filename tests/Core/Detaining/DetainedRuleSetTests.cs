using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>The rule set for detained people beside the ordinary one.</summary>
public class DetainedRuleSetTests
{
    private static readonly RuleSet Set = RuleSet.EnglandDetained2015;

    [Fact]
    public void It_is_in_force_since_1_April_2015_and_each_rule_with_it() =>
        Assert.All(Set.Rules, rule => Assert.Equal((new DateOnly(2015, 4, 1), Set.InForceFrom), (rule.InForceFrom!.Value, Set.InForceFrom)));

    [Fact]
    public void The_final_plan_has_six_recipients() => Assert.Equal(
        [Party.Family, Party.IntegratedCareBoard, Party.NamedInstitution, Party.PersonInCharge, Party.HealthServicesCommissioner, Party.YouthOffendingTeam],
        Set.Rule("finalPlan").MustBeTold.Order());

    [Fact]
    public void Only_three_things_can_be_ordered_or_agreed_and_the_case_referred_back() => Assert.Equal(
        [Remedy.Assess, Remedy.MakePlan, Remedy.NameInstitution, Remedy.Reconsider],
        Enum.GetValues<Remedy>().Where(remedy => Set.HasLimitFor(StartEvent.TribunalOrder, remedy)));

    [Fact]
    public void It_has_two_grounds_and_neither_is_absence() => Assert.Equal([Ground.SchoolClosed, Ground.ExceptionalCircumstances], Set.Grounds.Select(ground => ground.Ground));

    [Fact]
    public void What_it_suspends_are_rules_of_the_ordinary_set_that_begin_with_a_plan_and_it_has_none_of_them() => Assert.All(
        Set.Suspends!.Rules,
        key =>
        {
            Assert.Null(Set.Find(key));
            Assert.True(RuleSet.England2014.Rule(key).Starts is StartEvent.PlanIssued or > StartEvent.RefusalReversed, key);
        });

    [Fact]
    public void Rules_of_the_assessment_have_the_same_names_in_both_sets_so_that_a_limit_keeps_its_name_through_a_detention() => Assert.Equal(
        ["arrangeKeptHealth", "arrangeKeptProvision", "consultPersonInCharge", "monitoringMeeting", "sendKeptPlan"],
        Set.Rules.Select(rule => rule.Key).Where(key => RuleSet.England2014.Find(key) is null).Order(StringComparer.Ordinal));
}
