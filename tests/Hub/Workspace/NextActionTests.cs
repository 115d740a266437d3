using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Workspace.Cases;
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
            FailedEffects = [new FailedEffect("e", new SendNotice("n"), EffectEnd.Permanent, "No address.", Received)],
        };

        var item = WorkItem.Of(new CaseFile(state, Cases.Rules, today, new DateTimeOffset(today, new TimeOnly(9, 0), TimeSpan.Zero)));

        Assert.Equal((step, days > 42), (item.Next.Step, item.Urgency == Urgency.Overdue));
        Assert.True(item.Next.NeedsOfficer);
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
}
