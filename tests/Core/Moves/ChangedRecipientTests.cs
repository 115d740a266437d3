using IntegrationHub.Contracts.Parties;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Moves;

/// <summary>Another agency takes the place of one that was not sent a notice yet.</summary>
public class ChangedRecipientTests
{
    private static readonly Agency Third = Cases.Icb with { Id = Cases.Parse<Contracts.Identifiers.AgencyId>("ods:Q99"), Name = "Third ICB" };

    [Fact]
    public void What_the_former_icb_was_not_sent_is_owed_to_the_new_icb()
    {
        var life = Waiting();
        var old = Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb);
        life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today));

        var now = Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb);
        Assert.Equal((Cases.Hospital, old.PlannedOn, old.Occasion, old.Id), (now.Agency, now.PlannedOn, now.Occasion, now.InPlaceOf));
        Assert.NotEqual(old.Id, now.Id);
        Assert.Contains(life.Effects, e => e is SendNotice sent && sent.NoticeId == now.Id);
        Assert.DoesNotContain(life.State.FailedEffects, f => f.Effect is SendNotice failed && failed.NoticeId == old.Id);
        life.Refused("no-longer-due", new RecordNoticeSent(old.Id, life.Today, NoticeChannel.Post));

        life.Do(Settled(life, old, EffectOutcome.Done, "no longer due"), Actor.TheHub);
        Assert.DoesNotContain(life.State.Notices, n => n.Agency?.Id == Cases.Icb.Id && n.Id == old.Id);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "ceaseNotify").Standing);
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "ceaseNotify").Standing);
    }

    [Fact]
    public void A_sending_that_was_under_way_is_recorded_for_the_former_icb_alone()
    {
        var life = Waiting();
        var old = Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb);
        life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today));
        life.Do(Settled(life, old, EffectOutcome.Done, new NoticeSending(NoticeChannel.Electronic, "330-X/9/1", "mail-1", null).ToDetail()), Actor.TheHub);

        Assert.Equal((life.Today, Cases.Icb.Id), (life.State.Notices.Single(n => n.Id == old.Id).SentOn, life.State.Notices.Single(n => n.Id == old.Id).Agency!.Id));
        var now = Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb);
        Assert.Equal(Cases.Hospital, now.Agency);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "ceaseNotify").Standing);
        life.Refused("no-longer-due", new RecordNotArrived("Gone.", old.Id));

        // A failure of that sending is no reason to send it again.
        var tasks = life.State.Attention.Count;
        Assert.Null(life.Try(new RecordNoticeOutcome(old.Id, NoticeOutcome.Failed, life.Today, "No such mailbox.", "330-X/9/1"), Actor.TheHub).Refusal);
        Assert.Equal(tasks, life.State.Attention.Count);
        Assert.DoesNotContain(life.State.Notices, n => n.Id == old.Id);
        life.HandOverAll();
        Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "ceaseNotify").Standing);
    }

    [Fact]
    public void An_icb_that_is_replaced_before_it_was_told_is_not_told_any_more()
    {
        var life = Waiting();
        life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today)).Do(new RecordIcbChange(Third, life.Today, life.Today));

        Assert.All(life.State.Notices.Where(n => n is { To: RecipientRole.Icb, SentOn: null }), n => Assert.Equal(Third, n.Agency));
        Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.IcbChanged);
        Assert.Equal(life.State.Notices.Count, life.State.Notices.Select(n => n.Id).Concat(life.State.EndedNotices.Select(n => n.Id)).Distinct().Count() - life.State.EndedNotices.Count);
        life.Do(new RecordIcbChange(Cases.Icb, life.Today, life.Today));
        Assert.Equal(Cases.Icb, Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb).Agency);
    }

    [Fact]
    public void Each_notice_that_waits_goes_to_the_new_icb()
    {
        var life = Waiting();
        life.Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.ContinueAndAmend));
        var before = life.State.Notices.Where(n => n is { To: RecipientRole.Icb, SentOn: null }).ToList();
        Assert.Equal([NoticeKind.AmendedPlan, NoticeKind.PlanCeases], before.Select(n => n.Kind).Order());
        life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today));

        var after = life.State.Notices.Where(n => n is { To: RecipientRole.Icb, SentOn: null } && n.Kind != NoticeKind.IcbChanged).ToList();
        Assert.Equal(before.Select(n => (n.Kind, n.Occasion, n.PlanVersion)), after.Select(n => (n.Kind, n.Occasion, n.PlanVersion)));
        Assert.Contains(life.State.Attention, a => a.Id == $"post-{after.Single(n => n.Kind == NoticeKind.AmendedPlan).Id}");
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"post-{before.Single(n => n.Kind == NoticeKind.AmendedPlan).Id}");
    }

    [Fact]
    public void A_failure_to_reach_the_former_icb_asks_nobody_for_anything()
    {
        var life = Waiting();
        var old = Unsent(life, NoticeKind.PlanCeases, RecipientRole.Icb);
        life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today));
        life.Do(Settled(life, old, EffectOutcome.NeedsHuman, "No address."), Actor.TheHub);
        Assert.DoesNotContain(life.State.FailedEffects, f => f.Effect is SendNotice failed && failed.NoticeId == old.Id);
        Assert.DoesNotContain(life.State.Attention, a => a.Text.Contains("No address.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notice_to_a_wrong_icb_or_school_goes_to_the_right_one_once_the_record_is_corrected()
    {
        var life = new Life { Ends = effect => effect is SendNotice ? EffectOutcome.NoChannel : EffectOutcome.Done }.Do(new OpenAssessment(Cases.Facts));
        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
        Assert.Equal(Cases.Icb, Unsent(life, NoticeKind.WillAssess, RecipientRole.Icb).Agency);
        Assert.Equal(Cases.School, Unsent(life, NoticeKind.WillAssess, RecipientRole.Setting).Agency);

        life.Do(new CorrectFacts("The family lives elsewhere.", Icb: Third, Setting: Cases.OtherSchool));
        Assert.Equal(Third, Unsent(life, NoticeKind.WillAssess, RecipientRole.Icb).Agency);
        Assert.Equal(Cases.OtherSchool, Unsent(life, NoticeKind.WillAssess, RecipientRole.Setting).Agency);
        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("notices-sent-", StringComparison.Ordinal));

        life.HandOverAll().Do(new CorrectFacts("It was the first after all.", Icb: Cases.Icb));
        Assert.Contains(life.State.Attention, a => a.Id == "notices-sent-icb" && a.Text.Contains("Third ICB", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_ordered_plan_goes_to_the_institution_that_it_names_and_not_to_the_one_before(bool namedBefore)
    {
        var life = namedBefore ? Disputed.Issued() : WithoutInstitution();
        life = Disputed.Obliged(Amended.Proposed(life), StartEvent.TribunalOrder, Remedy.AmendContents);
        life.Do(new ConsultInstitution(Cases.School, life.Today)).Do(new NamePlacement("Mainstream school", Cases.School, "Ordered."));
        life.Do(new FinaliseAmendedPlan("Officer One"));

        var told = Assert.Single(life.State.Notices, n => n is { Kind: NoticeKind.AmendedPlan, To: RecipientRole.NamedInstitution });
        Assert.Equal((Cases.School, life.State.NewestPlan!.Version, life.Today), (told.Agency, told.PlanVersion, told.SentOn));
        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("post-amendedPlan", StringComparison.Ordinal));
    }

    private static Life WithoutInstitution()
    {
        var life = Disputed.Sent(Life.Consulting());
        life.Do(new NamePlacement("Special school"));
        return Disputed.Sent(life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One")));
    }

    /// <summary>The council decided that the plan ceases, and nobody has been sent the notice.</summary>
    private static Life Waiting()
    {
        var reached = true;
        var life = new Life { Ends = effect => effect is SendNotice && !reached ? EffectOutcome.NoChannel : EffectOutcome.Done };
        life.Do(new OpenAssessment(Cases.Facts)).Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft()).HandOverAll();
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One")).HandOverAll();
        life.On(life.Today.AddDays(100)).Do(new ConsiderCeasing(CeasingReason.NeedsMetWithoutPlan, "Over.", life.Today.AddDays(21))).HandOverAll();
        life.Do(new RecordCeasingView(RecipientRole.Family, life.Today, "We agree.")).Do(new RecordCeasingView(RecipientRole.NamedInstitution, life.Today, "Yes."));
        reached = false;
        return life.Do(new DecideOnCeasing(true, "Over."));
    }

    private static EffectSettled Settled(Life life, Notice notice, EffectOutcome end, string detail) => new("330-X/9/1", new SendNotice(notice.Id), end, life.Today, detail);

    private static Notice Unsent(Life life, NoticeKind kind, RecipientRole to) => Assert.Single(life.State.Notices, n => n.Kind == kind && n.To == to && n.SentOn is null);
}
