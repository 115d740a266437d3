using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

public class ClockTests
{
    private static readonly DateOnly Received = new(2025, 6, 2);

    [Fact]
    public void A_new_request_has_its_limits_in_the_order_of_the_table()
    {
        var limits = Clock.Limits(new CaseFacts { Received = Received }, RuleSet.England2014);

        Assert.Equal(
            [
                ("consultFamily", null),
                ("tellPartners", null),
                ("decideWhetherToAssess", new DateOnly(2025, 7, 14)),
                ("notifyNoPlan", new DateOnly(2025, 9, 22)),
                ("draftBy", new DateOnly(2025, 9, 20)),
                ("finalPlan", new DateOnly(2025, 10, 20)),
            ],
            limits.Select(limit => (limit.Key, limit.Due)));
        Assert.All(limits, limit => Assert.Equal(Received, limit.From));
    }

    [Fact]
    public void Counted_from_day_one_only_what_runs_from_receipt_is_a_day_earlier()
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Advice = [new() { Key = "m", Kind = AdviceKind.Medical, Requested = Received, ReceivedByBody = Received }],
            DraftServed = new(2025, 9, 1),
            InstitutionsConsulted = [new(null, new(2025, 9, 1))],
            PlanIssued = new(2025, 10, 1),
        };

        var after = Clock.Limits(facts, RuleSet.England2014);
        var dayOne = Clock.Limits(facts, RuleSet.England2014, CountingPractice.DayOne);

        string[] moved = ["decideWhetherToAssess", "advice:m", "notifyNoPlan", "draftBy", "finalPlan"];
        Assert.Equal(after.Select(limit => moved.Contains(limit.Key) ? limit.Due?.AddDays(-1) : limit.Due), dayOne.Select(limit => limit.Due));
        Assert.Equal(moved, after.Zip(dayOne).Where(pair => pair.First.Due != pair.Second.Due).Select(pair => pair.First.Key));
    }

    [Fact]
    public void A_refusal_has_no_relief_whatever_happened()
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Refused = true,
            RefusalNotified = new(2025, 7, 1),
            Exceptions = [new(Ground.ExceptionalCircumstances, Received, Received.AddDays(200)), new(Ground.AbsentFromArea, Received, Received.AddDays(200))],
        };

        var limits = Clock.Limits(facts, RuleSet.England2014);

        Assert.Equal(
            ["consultFamily", "tellPartners", "notifyRefusalToAssess", "decideWhetherToAssess", "appeal", "contactMediationAdviser"],
            limits.Select(limit => limit.Key));
        Assert.All(limits, limit => Assert.False(limit.IsRelieved));
    }

    [Fact]
    public void Advisers_outside_section_31_have_six_weeks_from_the_Code()
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Advice =
            [
                new() { Key = "school", Kind = AdviceKind.Educational, Requested = Received, ReceivedByBody = Received, IsSection31Body = false },
                new() { Key = "icb", Kind = AdviceKind.Medical, Requested = Received, ReceivedByBody = Received.AddDays(1) },
                new() { Key = "not-there-yet", Kind = AdviceKind.Medical, Requested = Received },
            ],
        };

        var limits = Clock.Limits(facts, RuleSet.England2014).Where(limit => limit.Rule.Row == 5).ToDictionary(limit => limit.Key);

        Assert.Equal((Binding.Code, new DateOnly(2025, 7, 14), false), (limits["advice:school"].Binding, limits["advice:school"].Due, limits["advice:school"].Verified));
        Assert.Equal((Binding.Statute, new DateOnly(2025, 7, 15), true), (limits["advice:icb"].Binding, limits["advice:icb"].Due, limits["advice:icb"].Verified));
        Assert.Equal(2, limits.Count);
    }

    [Fact]
    public void Each_institution_has_its_own_fifteen_days()
    {
        var facts = new CaseFacts { Received = Received, InstitutionsConsulted = [new("urn:100001", new(2025, 9, 20)), new("urn:100002", new(2025, 9, 25))] };

        var limits = Clock.Limits(facts, RuleSet.England2014).Where(limit => limit.RuleKey == "institutionResponse");

        Assert.Equal(
            [("institutionResponse:urn:100001", new DateOnly(2025, 10, 5)), ("institutionResponse:urn:100002", new DateOnly(2025, 10, 10))],
            limits.Select(limit => (limit.Key, limit.Due!.Value)));
    }

    [Fact]
    public void No_plan_after_an_assessment_ends_the_wait_for_one_and_opens_the_appeal()
    {
        var facts = new CaseFacts { Received = Received, NoPlanNotified = new(2025, 9, 10) };

        var limits = Clock.Limits(facts, RuleSet.England2014).ToDictionary(limit => limit.Key, limit => limit.Due);

        Assert.DoesNotContain("finalPlan", limits.Keys);
        Assert.DoesNotContain("draftBy", limits.Keys);
        Assert.Equal(new DateOnly(2025, 11, 10), limits["appeal"]);
    }

    [Fact]
    public void A_plan_that_was_refused_and_then_made_is_appealed_from_its_own_notice()
    {
        var facts = new CaseFacts { Received = Received, NoPlanNotified = new(2025, 9, 10), PlanIssued = new(2026, 4, 1) };

        Assert.Equal(new DateOnly(2026, 6, 1), Clock.Limits(facts, RuleSet.England2014).Single(limit => limit.Key == "appeal").Due);
    }

    [Theory]
    [InlineData(Ground.ExceptionalCircumstances, "decideWhetherToAssess advice:ep advice:icb notifyNoPlan finalPlan")]
    [InlineData(Ground.AbsentFromArea, "decideWhetherToAssess advice:ep advice:icb notifyNoPlan finalPlan")]
    [InlineData(Ground.SchoolClosed, "decideWhetherToAssess notifyNoPlan finalPlan")]
    [InlineData(Ground.EarlyYearsProviderClosed, "decideWhetherToAssess notifyNoPlan finalPlan")]
    [InlineData(Ground.MissedAppointment, "advice:icb")]
    [InlineData(Ground.OrderAbsentFromArea, "")]
    [InlineData(Ground.OrderExceptionalCircumstances, "")]
    [InlineData(Ground.OrderLateRepresentations, "")]
    public void What_an_exception_would_relieve_is_known_before_it_is_claimed(Ground ground, string expected)
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Advice =
            [
                new() { Key = "head", Kind = AdviceKind.Educational, Requested = Received, IsSection31Body = false },
                new() { Key = "ep", Kind = AdviceKind.Psychological, Requested = Received, ReceivedByBody = Received },
                new() { Key = "icb", Kind = AdviceKind.Medical, Requested = Received, ReceivedByBody = Received },
            ],
        };
        var claim = new ExceptionFact(ground, Received, Received.AddDays(40), ground == Ground.MissedAppointment ? "icb" : null);

        var relieved = Clock.RelievableBy(claim, facts, RuleSet.England2014);

        Assert.Equal(expected, string.Join(' ', relieved.Select(limit => limit.Key)));
    }

    [Fact]
    public void A_closure_can_be_tied_to_the_school_that_was_closed()
    {
        var facts = new CaseFacts { Received = Received, Advice = [new() { Key = "head", Kind = AdviceKind.Educational, Requested = Received }] };
        var closure = new ExceptionFact(Ground.SchoolClosed, Received, Received.AddDays(40));

        Assert.NotEmpty(Clock.RelievableBy(closure with { AdviceKey = "head" }, facts, RuleSet.England2014));
        Assert.Empty(Clock.RelievableBy(closure with { AdviceKey = "another" }, facts, RuleSet.England2014));
    }

    [Theory]
    [InlineData(Ground.SchoolClosed)]
    [InlineData(Ground.AbsentFromArea)]
    [InlineData(Ground.ExceptionalCircumstances)]
    public void A_claim_without_sensible_ends_is_counted_all_the_same(Ground ground)
    {
        var facts = new CaseFacts { Received = Received, Advice = [new() { Key = "head", Kind = AdviceKind.Educational, Requested = Received }] };

        Assert.Equal(3, Clock.RelievableBy(new(ground, DateOnly.MinValue, DateOnly.MaxValue), facts, RuleSet.England2014).Count);
    }

    [Fact]
    public void A_waiting_list_is_no_ground() => Assert.Null(Grounds.Find("waitingList"));
}
