using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>What an officer is asked to do first.</summary>
public sealed class NextActionTests
{
    private static readonly DateOnly Received = new(2026, 1, 5);

    /// <summary>A family waits for the decision and not for a notice to a partner.</summary>
    [Theory]
    [InlineData(10, true, "retry-effect")]
    [InlineData(60, true, "decide-whether-to-assess")]
    [InlineData(60, false, "record-consultation")]
    public void What_the_law_asks_of_the_council_comes_first_once_it_is_late(int days, bool consulted, string step)
    {
        var today = Received.AddDays(days);
        var state = new AssessmentState
        {
            Id = Cases.Id,
            Stage = Stage.Considering,
            Facts = Cases.Facts with { ReceivedOn = Received },
            ConsultedOn = consulted ? Received : null,
            FailedEffects = [new FailedEffect("e", new SendNotice("n"), EffectOutcome.Permanent, "No address.", Received)],
        };

        var item = WorkItem.Of(new CaseFile(state, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)));

        Assert.Equal((step, days > 42), (item.Next.Step, item.Urgency == Urgency.Overdue));
        Assert.True(item.Next.NeedsOfficer);
    }

    /// <summary>A letter that was not sent is named once the case has ended too, as long as it is still owed; an open matter shows any other.</summary>
    [Theory]
    [InlineData(Stage.PlanIssued, NoticeKind.AmendedPlan, true)]
    [InlineData(Stage.PlanIssued, NoticeKind.PlanKeptAfterReview, true)]
    [InlineData(Stage.PlanIssued, NoticeKind.IcbChanged, true)]
    [InlineData(Stage.RefusedToAssess, NoticeKind.WillNotAssess, true)]
    [InlineData(Stage.NoPlan, NoticeKind.NoPlan, true)]
    [InlineData(Stage.NoPlan, NoticeKind.WillAssess, false)]
    [InlineData(Stage.Withdrawn, NoticeKind.WillAssess, false)]
    [InlineData(Stage.Moved, NoticeKind.DraftPlan, false)]
    public void A_letter_that_is_owed_and_was_not_sent_is_the_next_step_of_a_case_that_has_ended(Stage stage, NoticeKind kind, bool owed)
    {
        var today = Received.AddDays(200);
        var state = new AssessmentState
        {
            Id = Cases.Id,
            Stage = stage,
            Facts = Cases.Facts with { ReceivedOn = Received },
            Notices = [new Notice { Id = "n", Kind = kind, To = RecipientRole.Family, PlannedOn = today.AddDays(-1) }],
            PlanBudget = new PlanBudget { Requests = [new BudgetRequest { Number = 1, On = today, Text = "A budget.", Lines = [] }] },
            Attention = [new Attention("post-n", "Send it by other means.", today)],
        };
        NextAction Of(AssessmentState of) => NextAction.Of(new CaseFile(of, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)), false);

        Assert.Equal(owed ? ("record-notice-sent", "noticeId=n") : ("resolve-attention", "attentionId=post-n"), (Of(state).Step, Of(state).Query));
        Assert.NotEqual("record-notice-sent", Of(state with { Notices = [state.Notices[0] with { PlannedOn = today }] }).Step);
        Assert.NotEqual("record-notice-sent", Of(state with { Notices = [state.Notices[0] with { SentOn = today }] }).Step);
        if (stage == Stage.PlanIssued)
        {
            // Once the plan has ceased, that it ceases is still owed and nothing else.
            var ceased = state with { Ceasing = new PlanCeasing { Number = 1, ConsideredOn = today, Reason = CeasingReason.Other, Reasons = "Over.", AnswerBy = today, CeasedOn = today } };
            Assert.Equal("resolve-attention", Of(ceased).Step);
            Assert.Equal("record-notice-sent", Of(ceased with { Notices = [state.Notices[0] with { Kind = NoticeKind.PlanCeases }] }).Step);
        }
    }

    /// <summary>What the family asked of the budget of its plan leads to the step that answers it, with its line, as long as it waits.</summary>
    [Theory]
    [InlineData(null, "budget-asked-1", "decide-on-budget-line", "line=f1")]
    [InlineData(1, "budget-review-1", "answer-budget-review", "line=f1")]
    [InlineData(null, "another-matter", "resolve-attention", "attentionId=another-matter")]
    public void What_a_family_asks_of_the_budget_of_its_plan_is_the_next_step(int? about, string matter, string step, string query)
    {
        var today = Received.AddDays(200);
        var state = new AssessmentState
        {
            Id = Cases.Id,
            Stage = Stage.PlanIssued,
            Facts = Cases.Facts with { ReceivedOn = Received },
            PlanBudget = new PlanBudget { Requests = [new BudgetRequest { Number = 1, On = today, Lines = [new BudgetRequestLine("f1", "Teaching of reading.")], About = about, After = about ?? 0 }] },
            Attention = [new Attention(matter, "It waits.", today)],
        };

        var next = NextAction.Of(new CaseFile(state, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)), false);

        Assert.Equal((step, query, true), (next.Step, next.Query, next.NeedsOfficer));
    }

    /// <summary>An officer who was asked whether a late letter still goes, and said no, is not asked for it again.</summary>
    [Theory]
    [InlineData(NoticeKind.RightsPassedOn, true, "record-notice-sent")]
    [InlineData(NoticeKind.RightsPassedOn, false, "record-consultation")]
    [InlineData(NoticeKind.AssessmentConsidered, false, "record-notice-sent")]
    public void A_letter_that_an_officer_decided_not_to_send_is_not_asked_for(NoticeKind kind, bool asked, string step)
    {
        var today = Received.AddDays(10);
        var state = new AssessmentState
        {
            Id = Cases.Id,
            Stage = Stage.Considering,
            Facts = Cases.Facts with { ReceivedOn = Received },
            Notices = [new Notice { Id = "n", Kind = kind, To = RecipientRole.Family, PlannedOn = Received }],
            Attention = asked ? [new Attention("post-n", "It is late for this letter.", Received)] : [],
        };

        var item = WorkItem.Of(new CaseFile(state, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)));

        Assert.Equal(step, item.Next.Step);
    }

    /// <summary>The family is no body: its views are late, and not "from the family".</summary>
    [Theory]
    [InlineData(AdviceKind.FamilyViews, -1, "The family's views are a day late.")]
    [InlineData(AdviceKind.FamilyViews, -5, "The family's views are 5 days late.")]
    [InlineData(AdviceKind.FamilyViews, 1, "The family's views are awaited, due")]
    [InlineData(AdviceKind.Medical, -5, "Medical advice from Example Trust is 5 days late.")]
    [InlineData(AdviceKind.Medical, 1, "Medical advice is awaited from Example Trust, due")]
    public void What_is_awaited_is_said_in_a_whole_sentence(AdviceKind kind, int daysLeft, string words)
    {
        var state = new AssessmentState
        {
            Id = Cases.Id,
            Stage = Stage.Assessing,
            Facts = Cases.Facts with { ReceivedOn = Received },
            Requests =
            [
                new AdviceRequest
                {
                    Id = "one",
                    Kind = kind,
                    LegalBasis = "reg 6",
                    Duty = kind == AdviceKind.FamilyViews ? AnswerDuty.Invited : AnswerDuty.Section31Body,
                    RequestedOn = Received,
                    Agency = kind == AdviceKind.FamilyViews ? null : new Agency { Id = HubUnderTest.Asked, Name = "Example Trust" },
                    Status = RequestStatus.Requested,
                },
            ],
        };
        var today = Chasing.DueDay(state, state.Requests[0], Cases.Rules).AddDays(-daysLeft);

        var item = WorkItem.Of(new CaseFile(state, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)));

        Assert.StartsWith(words, item.Next.Reason, StringComparison.Ordinal);
    }
}
