using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>Rows 33 to 40: appeal, mediation, orders.</summary>
public class DisputeLimitsTests
{
    private static readonly DateOnly Issued = new(2025, 10, 1);

    [Fact]
    public void Sent_on_1_October_is_1_December() => Assert.Equal(new DateOnly(2025, 12, 1), Limit("appeal", DisputeFacts.None).Due);

    [Theory]
    [InlineData("2025-11-29", "2025-12-29")] // IPSEA's example, were it not for Christmas
    [InlineData("2025-10-20", "2025-12-01")]
    public void A_certificate_gives_one_month_if_that_is_later(string certificate, string corresponding)
    {
        var due = Limit("appeal", new() { CertificateIssued = Day(certificate) }).Due!.Value;

        // 29 December falls in the tribunal's vacation: first working day of January.
        Assert.Equal(corresponding == "2025-12-29" ? new DateOnly(2026, 1, 2) : Day(corresponding), due);
    }

    [Theory]
    [InlineData("2025-06-30", "2025-09-01")] // 30 August, Saturday
    [InlineData("2025-06-01", "2025-09-01")] // 1 August
    [InlineData("2025-05-31", "2025-07-31")]
    [InlineData("2024-06-30", "2024-09-02")] // 1 September 2024 is a Sunday
    [InlineData("2025-10-24", "2025-12-24")]
    [InlineData("2025-10-25", "2026-01-02")]
    [InlineData("2025-11-01", "2026-01-02")] // 1 January
    [InlineData("2025-11-02", "2026-01-02")]
    [InlineData("2021-10-31", "2022-01-04")] // 3 January 2022 was the substitute
    [InlineData("2025-12-31", "2026-03-02")] // 28 February 2026 is a Saturday
    [InlineData("2025-02-19", "2025-04-22")] // Easter: 19 April is a Saturday, 21 April Easter Monday
    [InlineData("2025-06-14", "2025-09-01")] // 14 August
    [InlineData("2025-05-07", "2025-07-07")] // a working day stays
    [InlineData("2023-12-30", "2024-02-29")]
    public void A_last_day_in_the_vacation_moves(string issued, string due)
    {
        var facts = new CaseFacts { Received = Day(issued).AddDays(-100), PlanIssued = Day(issued) };

        Assert.Equal(Day(due), Clock.Limits(facts, RuleSet.England2014).Single(limit => limit.Key == "appeal").Due);
    }

    [Fact]
    public void The_adviser_is_contacted_within_two_months_vacation_or_not()
    {
        var facts = new CaseFacts { Received = Received, PlanIssued = new(2025, 6, 15) };

        Assert.Equal(new DateOnly(2025, 8, 15), Clock.Limits(facts, RuleSet.England2014).Single(limit => limit.Key == "contactMediationAdviser").Due);
    }

    [Fact]
    public void Mediation_has_its_working_days_and_thirty_days()
    {
        var friday = new DateOnly(2025, 12, 19);
        var dispute = new DisputeFacts
        {
            MediationDeclined = friday,
            MediationRequested = friday,
            HealthIssuesRaised = new(2025, 12, 24),
            IcbNotifiedOfMediation = friday,
            MediationNotArranged = friday,
            MediationEnded = friday,
            AppealsSentToCouncil = [new(new(2025, 11, 12))],
        };

        Assert.Equal(new DateOnly(2025, 12, 24), Limit("mediationCertificate", dispute).Due);
        Assert.Equal(new DateOnly(2025, 12, 24), Limit("mediationCertificateAfterMediation", dispute).Due);
        Assert.Equal(new DateOnly(2025, 12, 24), Limit("deemedMediationCertificate", dispute).Due);
        Assert.Equal(new DateOnly(2025, 12, 31), Limit("passHealthIssuesToIcb", dispute).Due);
        Assert.Equal(new DateOnly(2026, 1, 18), Limit("arrangeMediation", dispute).Due);
        Assert.Equal(new DateOnly(2026, 1, 18), Limit("arrangeHealthMediation", dispute).Due);

        Assert.Equal(new DateOnly(2025, 12, 24), Limit("appealResponse", dispute).Due);
    }

    [Theory]
    [InlineData("2025-11-12", "2025-12-24")] // ends the day before the vacation
    [InlineData("2025-11-13", "2026-01-02")] // 29 until 24 December, and the thirtieth after the vacation
    [InlineData("2025-12-01", "2026-01-20")] // 18 until Christmas Eve; 2 January is the next
    [InlineData("2025-07-01", "2025-09-10")] // 22 in July; August is left out
    [InlineData("2025-08-15", "2025-10-10")] // all of August is left out
    public void The_councils_answer_leaves_out_august_and_christmas(string sent, string due) =>
        Assert.Equal(Day(due), Limit("appealResponse", new() { AppealsSentToCouncil = [new(Day(sent))] }).Due);

    [Fact]
    public void A_date_set_by_the_tribunal_overrides_both()
    {
        var dispute = new DisputeFacts
        {
            AppealsSentToCouncil = [new(new(2025, 11, 12), null, new(2025, 11, 30))],
            CertificateIssued = new(2025, 11, 29),
            AppealDaySetByTribunal = new(2025, 12, 27),
        };

        Assert.Equal(new DateOnly(2025, 12, 27), Limit("appeal", dispute).Due);
        Assert.Equal(new DateOnly(2025, 11, 30), Limit("appealResponse", dispute).Due);
        Assert.Equal(new DateOnly(2025, 12, 1), Limit("contactMediationAdviser", dispute).Due);
    }

    [Fact]
    public void A_refusal_that_the_council_takes_back_has_both_readings_of_the_time_and_no_appeal()
    {
        var facts = new CaseFacts { Received = Received, Refused = true, RefusalNotified = new(2025, 6, 20), Dispute = new() { RefusalReversed = new(2025, 8, 4) } };

        var limits = Clock.Limits(facts, RuleSet.England2014).ToDictionary(limit => limit.Key, limit => limit.Due);

        Assert.Equal(Received.AddDays(112), limits["notifyNoPlan"]);
        Assert.Equal(Received.AddDays(140), limits["finalPlan"]);
        Assert.Equal(new DateOnly(2025, 8, 4).AddDays(70), limits["reversalNoPlan"]);
        Assert.Equal(new DateOnly(2025, 8, 4).AddDays(98), limits["reversalFinalPlan"]);
        Assert.DoesNotContain("appeal", limits.Keys);
    }

    [Fact]
    public void A_concession_after_the_response_leaves_the_first_limits_in_force_and_sets_none()
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Refused = true,
            RefusalNotified = new(2025, 6, 20),
            Dispute = new() { Concessions = [new(Remedy.Assess, new(2025, 12, 1), InTime: false)] },
        };

        var limits = Clock.Limits(facts, RuleSet.England2014).Select(limit => limit.Key).ToList();

        Assert.Contains("finalPlan", limits);
        Assert.DoesNotContain(limits, key => key.StartsWith("concession", StringComparison.Ordinal));
        Assert.DoesNotContain("appeal", limits);
    }

    [Fact]
    public void A_board_cannot_agree_another_day_for_its_report() =>
        Assert.Equal("boardReportsAgreement 7", Timetable(new() { Agreements = [new(Remedy.BoardOnly, Ordered, Ordered.AddDays(40))] }, 38));

    [Theory]
    [InlineData(Remedy.Assess, "orderNotifyAssessment 14 orderNoPlan 70 orderFinalPlan 98")]
    [InlineData(Remedy.Reassess, "orderNotifyReassessment 14 orderNoPlanAfterReassessment 70 orderPlanAfterReassessment 98")]
    [InlineData(Remedy.MakePlan, "orderDraftPlan 35 orderMadePlan 77")]
    [InlineData(Remedy.AmendContents, "orderAmendedPlan 35")]
    [InlineData(Remedy.NameInstitution, "orderNameInstitution 14")]
    [InlineData(Remedy.ContinuePlan, "orderContinuePlan 0")]
    [InlineData(Remedy.CeasePlan, "orderCeasePlan 0")]
    [InlineData(Remedy.Reconsider, "orderReconsider 14")]
    [InlineData(Remedy.ContinueAndAmend, "orderContinuePlanToAmend 0 orderAmendContinuedPlan 35")]
    public void An_order_sets_its_own_timetable(Remedy remedy, string expected) =>
        Assert.Equal(expected, Timetable(new() { Orders = [new(remedy, Ordered)] }, 39));

    [Theory]
    [InlineData(Remedy.Assess, "concessionNotifyAssessment 14 concessionNoPlan 70 concessionFinalPlan 98")]
    [InlineData(Remedy.MakePlan, "concessionDraftPlan 35 concessionMadePlan 77")]
    [InlineData(Remedy.AmendContents, "concessionAmendedPlan 35")]
    [InlineData(Remedy.NameInstitution, "concessionNameInstitution 14")]
    [InlineData(Remedy.Reassess, "concessionNotifyReassessment 14 concessionNoPlanAfterReassessment 70 concessionPlanAfterReassessment 98")]
    [InlineData(Remedy.ContinuePlan, "concessionContinuePlan 0")]
    [InlineData(Remedy.ContinueAndAmend, "concessionContinuePlanToAmend 0 concessionAmendContinuedPlan 35")]
    public void So_does_an_appeal_that_is_not_opposed(Remedy remedy, string expected) =>
        Assert.Equal(expected, Timetable(new() { Concessions = [new(remedy, Ordered)] }, 40));

    [Theory]
    [InlineData(Remedy.NotAppealable, "carryOutMediationAgreement 14")]
    [InlineData(Remedy.BoardOnly, "boardReportsAgreement 7")]
    [InlineData(Remedy.MakePlan, "agreementDraftPlan 35 agreementMadePlan 77")]
    public void And_a_mediation_agreement(Remedy remedy, string expected) =>
        Assert.Equal(expected, Timetable(new() { Agreements = [new(remedy, Ordered)] }, 38));

    [Fact]
    public void A_date_agreed_in_writing_takes_the_place_of_the_rule() =>
        Assert.Equal("carryOutMediationAgreement 40", Timetable(new() { Agreements = [new(Remedy.NotAppealable, Ordered, Ordered.AddDays(40))] }, 38));

    [Fact]
    public void An_order_is_relieved_by_its_own_list_and_by_nothing_else()
    {
        var dispute = new DisputeFacts { Orders = [new(Remedy.Assess, Ordered)] };

        // Two weeks away relieve an order; four weeks, which relieve an assessment, are another ground.
        Assert.Equal(["orderNotifyAssessment", "orderNoPlan", "orderFinalPlan"], Relieved(new(Ground.OrderAbsentFromArea, Ordered, Ordered.AddDays(13)), dispute));
        Assert.Equal(["orderNoPlan", "orderFinalPlan"], Relieved(new(Ground.OrderAbsentFromArea, Ordered.AddDays(2), Ordered.AddDays(15)), dispute));
        Assert.Empty(Relieved(new(Ground.OrderAbsentFromArea, Ordered, Ordered.AddDays(12)), dispute));
        Assert.Empty(Relieved(new(Ground.AbsentFromArea, Ordered, Ordered.AddDays(60)), dispute));
        Assert.Empty(Relieved(new(Ground.ExceptionalCircumstances, Ordered, Ordered.AddDays(60)), dispute));
        Assert.NotEmpty(Relieved(new(Ground.OrderExceptionalCircumstances, Ordered, Ordered), dispute));
        Assert.NotEmpty(Relieved(new(Ground.OrderLateRepresentations, Ordered, Ordered), dispute));
    }

    [Fact]
    public void An_order_to_assess_opens_the_case_again_without_the_first_twenty_weeks()
    {
        var facts = new CaseFacts
        {
            Received = Received,
            Refused = true,
            RefusalNotified = new(2025, 7, 1),
            DraftServed = new(2026, 5, 1),
            PlanIssued = new(2026, 6, 1),
            Dispute = new() { Orders = [new(Remedy.Assess, Ordered)] },
        };

        var limits = Clock.Limits(facts, RuleSet.England2014).ToDictionary(limit => limit.Key, limit => limit.Due);

        Assert.DoesNotContain("finalPlan", limits.Keys);
        Assert.Equal(Ordered.AddDays(98), limits["orderFinalPlan"]);
        Assert.Equal(new DateOnly(2026, 5, 15), limits["familyRepresentations"]);
        Assert.Equal(new DateOnly(2026, 9, 1), limits["appeal"]);
    }

    private static DateOnly Received => new(2025, 5, 14);

    private static DateOnly Ordered => new(2026, 2, 2);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    private static Limit Limit(string key, DisputeFacts dispute) =>
        Clock.Limits(new CaseFacts { Received = Received, PlanIssued = Issued, Dispute = dispute }, RuleSet.England2014).Single(limit => limit.Key == key);

    private static string Timetable(DisputeFacts dispute, int row) =>
        string.Join(' ', Clock.Limits(new CaseFacts { Received = Received, PlanIssued = Issued, Dispute = dispute }, RuleSet.England2014)
            .Where(limit => limit.Rule.Row == row).Select(limit => $"{limit.Key} {limit.Due!.Value.DayNumber - Ordered.DayNumber}"));

    private static IEnumerable<string> Relieved(ExceptionFact exception, DisputeFacts dispute) =>
        Clock.RelievableBy(exception, new CaseFacts { Received = Received, PlanIssued = Issued, Dispute = dispute }, RuleSet.England2014).Select(limit => limit.Key);
}
