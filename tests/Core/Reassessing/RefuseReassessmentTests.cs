using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Reassessing;

/// <summary>A request to re-assess is refused: the family is told with the right of appeal, whose time runs from that notice.</summary>
public sealed class RefuseReassessmentTests
{
    [Fact]
    public void The_family_is_told_and_can_appeal_for_two_months()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(200)).Do(new RefuseReassessment(life.Today.AddDays(-10), "Needs have not changed."));
        var notice = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.WillNotReassess);
        Assert.Equal(RecipientRole.Family, notice.To);
        life.HandOverAll();
        var sent = life.State.Notices.Single(n => n.Id == notice.Id).SentOn!.Value;
        var appeal = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.RuleKey == "appeal").Limit;
        Assert.Equal(sent, appeal.From);
        Assert.True(appeal.Due >= sent.AddMonths(2));
    }

    [Fact]
    public void Another_request_can_be_refused_later_by_a_letter_of_its_own()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(200)).Do(new RefuseReassessment(life.Today.AddDays(-10), "Needs have not changed.")).HandOverAll();
        life.Refused("already-decided", new RefuseReassessment(life.Today, "Needs have not changed."));
        life.On(life.Today.AddDays(100)).Do(new RefuseReassessment(life.Today, "Nor since.")).HandOverAll();
        Assert.Equal(2, life.State.Notices.Count(n => n.Kind == NoticeKind.WillNotReassess));
        Assert.Equal("Nor since.", life.State.ReassessmentRefusal!.Reasons);
    }

    [Fact]
    public void Without_a_plan_there_is_nothing_to_assess_again() =>
        Life.Assessing().Refused("wrong-stage", new RefuseReassessment(Cases.Received, "Needs have not changed."));
}
