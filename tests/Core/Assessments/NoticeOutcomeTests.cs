using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>A notice that was sent and did not reach its recipient has not been given: whatever rested on it is open again.</summary>
public sealed class NoticeOutcomeTests
{
    private static readonly OpeningFacts ByPost = Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null } };

    [Fact]
    public void A_draft_that_came_back_was_not_served_and_the_plan_cannot_be_finalised()
    {
        var life = Life.Consulting(ByPost);
        var posted = life.Today;
        life.Do(new RecordNoticeSent("draftPlan-1-family", posted, NoticeChannel.Post)).Do(new NamePlacement("Special school")).On(posted.AddDays(30));

        life.Do(new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Returned, life.Today, "Marked gone away."));

        var notice = life.State.Notices.Single(n => n.Id == "draftPlan-1-family");
        Assert.Equal((null, null, null), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Equal(new NoticeDeliveryProblem(posted, life.Today, true, "Marked gone away."), Assert.Single(notice.Setbacks!));
        Assert.Contains(life.State.Attention, a => a.Id == "post-draftPlan-1-family" && a.Text.Contains("was returned", StringComparison.Ordinal));
        life.Refused("draft-not-served", new FinalisePlan("Officer One"));

        life.Do(new RecordNoticeSent("draftPlan-1-family", life.Today, NoticeChannel.ByHand));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "post-draftPlan-1-family");
        life.Refused("representations-still-open", new FinalisePlan("Officer One"));
    }

    [Fact]
    public void After_the_end_the_child_can_be_corrected_and_the_familys_address_only_while_a_notice_waits()
    {
        var life = Life.Opened(ByPost).On(Cases.Received.AddDays(10));
        life.Do(new RecordConsultation(life.Today, "They wish for it.")).Do(new DecideWhetherToAssess(false, "No need."));
        var moved = ByPost.Family with { PostalAddress = ["2 Example Road", "EX1 1AA"] };

        life.Refused("ended", new CorrectFacts("A slip.", Family: moved, Child: Cases.Facts.Child with { GivenName = "Sam" }));
        life.Do(new CorrectFacts("They moved.", Family: moved));
        life.Do(new RecordNoticeSent("requestAcknowledged-family", life.Today, NoticeChannel.Post));
        life.Do(new RecordNoticeSent("willNotAssess-family", life.Today, NoticeChannel.Post));
        life.Refused("ended", new CorrectFacts("They moved.", Family: ByPost.Family));
        life.Do(new RecordNoticeOutcome("willNotAssess-family", NoticeOutcome.Returned, life.Today, "Gone away."));
        life.Do(new CorrectFacts("They moved again.", Family: ByPost.Family));
        life.Do(new CorrectFacts("A slip.", Child: Cases.Facts.Child with { GivenName = "Sam" }));
        Assert.Equal("Sam", life.State.Facts!.Child.GivenName);
    }

    [Fact]
    public void Outcomes_are_told_apart_and_each_is_recorded_once()
    {
        var life = Life.Consulting(ByPost);
        life.Refused("not-sent", new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Delivered, life.Today, "Signed for."));
        life.Refused("unknown-notice", new RecordNoticeOutcome("draftPlan-9-family", NoticeOutcome.Delivered, life.Today, "Signed for."));
        life.Do(new RecordNoticeSent("draftPlan-1-family", life.Today, NoticeChannel.Post));

        life.Do(new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Delivered, life.Today, "Signed for."));

        Assert.Equal(life.Today, life.State.Notices.Single(n => n.Id == "draftPlan-1-family").DeliveredOn);
        life.Refused("already-delivered", new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Delivered, life.Today, "Signed for."));
    }
}
