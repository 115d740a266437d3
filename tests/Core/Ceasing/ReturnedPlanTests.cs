using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Ceasing;

/// <summary>A letter with a final plan that comes back after the plan has ceased or was handed on.</summary>
public sealed class ReturnedPlanTests
{
    /// <summary>The family moves and the plan is handed on, or the child dies; then the letter with the plan comes back.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_plan_that_is_maintained_here_no_longer_is_not_to_be_sent_again(bool died, bool returned)
    {
        var life = Disputed.Issued(Disputed.ByPost);
        var sent = life.State.FinalPlanSentOn;
        var letter = life.State.Notices.Single(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family }).Id;
        life.On(life.Today.AddDays(20));
        life.Do(died ? new RecordPlanCeased(life.Today, Died: true) : new RecordAct(Act.PlanHandedOn, life.Today, "To council 331."));

        life.Do(returned ? new RecordNoticeOutcome(letter, NoticeOutcome.Returned, life.Today, "Gone away.") : new RecordNotArrived("Gone away.", letter)).On(Cases.Received.AddDays(200));

        Assert.Equal((Stage.PlanIssued, sent), (life.State.Stage, life.State.FinalPlanSentOn));
        Assert.Equal(LimitStatus.Fallen, Disputed.Limit(life, "finalPlan").Standing);
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("finalPlan", StringComparison.Ordinal));
    }
}
