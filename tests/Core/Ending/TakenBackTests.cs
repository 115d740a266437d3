using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Ending;

/// <summary>A withdrawal, a move or an end of the plan that was recorded on the wrong case is taken back: the case goes on, and its limits run from their real days.</summary>
public sealed class TakenBackTests
{
    private static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("301");

    [Theory]
    [InlineData(MistakenRecord.Withdrawal)]
    [InlineData(MistakenRecord.Move)]
    public void The_assessment_goes_on_and_the_advice_that_was_awaited_is_requested_again(MistakenRecord record)
    {
        var life = Life.Assessing().On(Cases.Received.AddDays(20));
        var answered = life.State.Requests.Single(r => r.Agency?.Id == Cases.Hospital.Id);
        life.Do(new SubmitAdvice(answered.Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        var awaited = life.State.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id, r.LegalBasis, r.Duty)).ToList();
        var limits = Whole(life);
        End(life, record);
        var ended = life.State.EndedOn!.Value;
        life.On(ended.AddDays(3)).Effects.Clear();

        life.Do(new CorrectRecord(record, ended, "It was another child's."));

        Assert.Equal((Stage.Assessing, null), (life.State.Stage, life.State.EndedOn));
        Assert.Equal(awaited, life.State.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id, r.LegalBasis, r.Duty)));
        Assert.All(life.State.Requests.Where(r => r.IsOpen), r => Assert.Equal(life.Today, r.RequestedOn));
        Assert.Equal(awaited.Count(r => r.Id is not null), life.Effects.OfType<SendAdviceRequest>().Count());
        Assert.Equal(Stage.Assessing, Assert.Single(life.Effects.OfType<PublishStatus>()).Stage);
        Assert.Equal(limits, Whole(life));
        Assert.Contains("has been requested again, with new time limits:", Task(life, record), StringComparison.Ordinal);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "hand-over");
        life.Refused("no-such-record", new CorrectRecord(record, ended, "Again."));

        // A second mistake does not ask twice for what was withdrawn because of the first.
        End(life, record);
        life.Do(new CorrectRecord(record, life.State.EndedOn!.Value, "The same slip."));
        Assert.Equal(awaited.Count, life.State.Requests.Count(r => r.IsOpen));
        Assert.Single(life.State.Attention, a => a.Id == $"untrue-{record.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public void A_limit_that_passed_meanwhile_is_missed_on_its_real_day()
    {
        var life = Life.Opened();
        var due = Disputed.Limit(life, "decideWhetherToAssess").Limit.Due!.Value;
        life.On(due.AddDays(-10)).Do(new WithdrawRequest(life.Today, "We manage."));
        life.On(due.AddDays(30));
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("decideWhetherToAssess", StringComparison.Ordinal));

        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, due.AddDays(-10), "It was another child's.")).On(life.Today);

        Assert.Equal(Stage.Considering, life.State.Stage);
        Assert.Equal((LimitStatus.Missed, due), (Disputed.Limit(life, "decideWhetherToAssess").Standing, Disputed.Limit(life, "decideWhetherToAssess").Limit.Due));
        Assert.Contains(life.Events.OfType<LimitMissed>(), e => e.Limit == $"decideWhetherToAssess@{due:yyyy-MM-dd}" && e.Due == due);
        Assert.NotNull(life.WakeAt);
    }

    [Fact]
    public void Requests_about_which_the_hub_cannot_be_sure_are_put_to_an_officer()
    {
        // Advice that was returned, and any advice once it was decided not to wait for it.
        var life = Life.Assessing().On(Cases.Received.AddDays(20));
        var medical = life.State.Requests.Single(r => r.Agency?.Id == Cases.Hospital.Id).Id;
        life.Do(new SubmitAdvice(medical, Cases.Content(life.Today)), Cases.As(Cases.Hospital)).Do(new ReturnAdvice($"{medical}.1", "It does not say how often."));
        life.Do(new WithdrawRequest(life.Today, "We manage.")).Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "It was another child's."));
        Assert.Equal(RequestStatus.Withdrawn, life.State.Requests.Last(r => r.Agency?.Id == Cases.Hospital.Id).Status);
        Assert.Contains($"Decide whether to make them again: medical advice from {Cases.Hospital.Name}.", Task(life, MistakenRecord.Withdrawal), StringComparison.OrdinalIgnoreCase);

        var drafting = Life.Assessing().On(Cases.Received.AddDays(60));
        drafting.Do(new DecideWhetherToIssuePlan(true, "Necessary.", [.. drafting.State.Requests.Select(r => r.Id)], "Six weeks have passed."));
        drafting.Do(new WithdrawRequest(drafting.Today, "We manage.")).Do(new CorrectRecord(MistakenRecord.Withdrawal, drafting.Today, "It was another child's."));
        Assert.Equal(Stage.Drafting, drafting.State.Stage);
        Assert.DoesNotContain(drafting.State.Requests, r => r.IsOpen);
        Assert.Contains("Decide whether to make them again:", Task(drafting, MistakenRecord.Withdrawal), StringComparison.Ordinal);

        // What an officer had withdrawn before stays withdrawn.
        var chosen = Life.Assessing().On(Cases.Received.AddDays(20));
        medical = chosen.State.Requests.Single(r => r.Agency?.Id == Cases.Hospital.Id).Id;
        chosen.Do(new WithdrawAdviceRequest(medical, "Not needed.")).Do(new WithdrawRequest(chosen.Today, "We manage."));
        chosen.Do(new CorrectRecord(MistakenRecord.Withdrawal, chosen.Today, "It was another child's."));
        Assert.DoesNotContain(chosen.State.Requests, r => r.IsOpen && r.Agency?.Id == Cases.Hospital.Id);
        Assert.DoesNotContain("Decide whether", Task(chosen, MistakenRecord.Withdrawal), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_told_by_other_means_that_advice_which_is_requested_again_is_not_needed()
    {
        var life = Life.Assessing(effect => effect is SendWithdrawal ? EffectOutcome.NoChannel : EffectOutcome.Done);
        life.Do(new WithdrawRequest(life.Today, "We manage."));
        Assert.Contains(life.State.Attention, a => a.Id.StartsWith("tell-withdrawal-", StringComparison.Ordinal));

        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "It was another child's."));

        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("tell-withdrawal-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_finalised_plan_is_sent_to_those_who_do_not_have_it()
    {
        var life = Disputed.Sent(Life.Consulting(Disputed.ByPost));
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool)).On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
        life.Do(new WithdrawRequest(life.Today, "The child has died.")).Effects.Clear();

        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "Another child died."));

        Assert.Equal(Stage.Finalising, life.State.Stage);
        var unsent = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.FinalPlan && n.SentOn is null);
        Assert.Equal((RecipientRole.Family, life.State.NewestPlan!.Version), (unsent.To, unsent.PlanVersion));
        Assert.Contains(life.State.Attention, a => a.Id == $"post-{unsent.Id}");
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "final-plan-not-made");
        Assert.Contains($"The final plan had been sent to {Cases.Icb.Name}, {Cases.OtherSchool.Name}.", Task(life, MistakenRecord.Withdrawal), StringComparison.Ordinal);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, "finalPlan").Standing);

        life.HandOverAll();
        Assert.Equal((Stage.PlanIssued, LimitStatus.Met), (life.State.Stage, Disputed.Limit(life, "finalPlan").Standing));
    }

    [Fact]
    public void A_final_plan_that_reached_the_family_after_the_withdrawal_is_the_plan()
    {
        var fails = false;
        var life = Life.Assessing(effect => fails && effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done);
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool)).On(life.Today.AddDays(20));
        fails = true;
        life.Do(new FinalisePlan("Officer One"));
        var letters = life.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).Select(n => n.Id).ToList();
        life.Do(new WithdrawRequest(life.Today, "We manage."));
        foreach (var letter in letters)
        {
            life.Do(new EffectSettled("330-X/9/1", new SendNotice(letter), EffectOutcome.Done, life.Today, new NoticeSending(NoticeChannel.Post, "330-X/9/1", "print-1", null).ToDetail()), Actor.TheHub);
        }

        Assert.All(life.State.Notices.Where(n => letters.Contains(n.Id)), n => Assert.NotNull(n.EndedOn));
        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "It was another child's."));

        Assert.Equal((Stage.PlanIssued, life.Today), (life.State.Stage, life.State.FinalPlanSentOn));
        Assert.All(life.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan), n => Assert.Null(n.EndedOn));
    }

    [Fact]
    public void A_plan_that_did_not_cease_is_maintained_and_its_re_assessment_goes_on()
    {
        var life = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        var round = life.State.ReassessmentRound!;
        life.Do(new SubmitAdvice(Of(life, Contracts.Advice.AdviceKind.Medical).Id, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        var awaited = life.State.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id, r.LegalBasis, r.Reassessment)).ToList();
        var limits = Whole(life);
        var died = life.Today;
        life.Do(new RecordPlanCeased(died, Died: true)).On(died.AddDays(2)).Effects.Clear();

        life.Do(new CorrectRecord(MistakenRecord.Ceasing, died, "Another child died."));

        Assert.True(MaintainedPlan.IsMaintainedHere(life.State));
        Assert.Null(life.State.Ceasing);
        Assert.Equal(round.Number, ReassessmentRound.Open(life.State));
        Assert.Equal(awaited, life.State.Requests.Where(r => r.IsOpen).Select(r => (r.Kind, r.Agency?.Id, r.LegalBasis, r.Reassessment)));
        Assert.Equal(limits, Whole(life));
        Assert.Contains("check that nothing in it was stopped", Task(life, MistakenRecord.Ceasing), StringComparison.Ordinal);
        Assert.NotNull(life.WakeAt);
    }

    [Fact]
    public void A_plan_that_did_not_cease_is_still_to_cease_for_the_reason_that_was_considered()
    {
        var life = Amended.ToCease(Disputed.Issued());
        var last = CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value;
        var considered = life.State.Ceasing!;
        life.Do(new RecordPlanCeased(life.Today, Died: true));
        Assert.Equal((CeasingReason.Died, CeasingReason.HigherEducation), (life.State.Ceasing!.Reason, life.State.Ceasing.Considered));
        life.Do(new CorrectRecord(MistakenRecord.Ceasing, life.Today, "It was another child's."));
        Assert.Equal(considered, life.State.Ceasing);

        life.On(last.AddDays(1));
        Assert.Contains(life.State.Attention, a => a.Id == "plan-may-have-ceased");
        life.Do(new RecordPlanCeased(life.Today));
        Assert.Equal((CeasingReason.HigherEducation, null), (life.State.Ceasing!.Reason, life.State.Ceasing.Considered));
    }

    [Fact]
    public void Advice_for_a_review_is_put_to_an_officer_and_an_order_to_cease_is_carried_out_again()
    {
        var life = Reviewed.Arranged(Disputed.Issued());
        life.Do(new RequestReviewAdvice(Contracts.Advice.AdviceKind.Medical, Cases.Hospital)).Do(new RecordPlanCeased(life.Today, Died: true));
        life.Do(new CorrectRecord(MistakenRecord.Ceasing, life.Today, "It was another child's."));
        Assert.Contains($"Decide whether to make them again: medical advice from {Cases.Hospital.Name}.", Task(life, MistakenRecord.Ceasing), StringComparison.OrdinalIgnoreCase);

        var ordered = Disputed.Obliged(Amended.ToCease(Disputed.Issued()), StartEvent.TribunalOrder, Remedy.CeasePlan);
        ordered.On(CeasingPlan.MaintainedUntil(ordered.State, ordered.Rules)!.Value.AddDays(1));
        var limits = Whole(ordered);
        ordered.Do(new RecordPlanCeased(ordered.Today));
        Assert.DoesNotContain(ordered.State.Attention, a => a.Id == "remedy-CeasePlan");
        ordered.Do(new CorrectRecord(MistakenRecord.Ceasing, ordered.Today, "It was another child's."));
        Assert.Contains(ordered.State.Attention, a => a.Id == "remedy-CeasePlan");
        Assert.Equal(limits, Whole(ordered));
    }

    [Fact]
    public void A_planned_move_is_taken_back_unless_the_plan_was_transferred()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(60));
        var moved = life.Today.AddDays(-3);
        var limits = Whole(life);
        life.Do(new MoveToAnotherCouncil(Elsewhere, moved, moved)).Do(new RecordIcbChange(Cases.Hospital, moved, moved)).HandOverAll();
        var handedOn = Reassessed.Agreed(Reassessed.Asked(Disputed.Issued()));
        handedOn.Do(new MoveToAnotherCouncil(Elsewhere, handedOn.Today, handedOn.Today)).Do(new RecordAct(Act.PlanHandedOn, handedOn.Today, "By the package."));
        handedOn.Refused("plan-handed-on", new CorrectRecord(MistakenRecord.Move, handedOn.Today, "They stay."));

        life.Do(new CorrectRecord(MistakenRecord.Move, moved, "They stay."));
        Assert.Null(life.State.MovingTo);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "hand-over");
        Assert.Contains($"and write to {Cases.Hospital.Name}, which was sent the plan.", Task(life, MistakenRecord.Move), StringComparison.Ordinal);
        Assert.Equal(limits, Whole(life).Where(l => l.Key != "icbChange"));

        // If the plan was not transferred, that record is corrected first.
        handedOn.Do(new CorrectRecord(MistakenRecord.Act, handedOn.Today, "It was another child's.", null, "planHandedOn"));
        Assert.Contains(handedOn.State.Attention, a => a.Id == "hand-over");
        Assert.Contains("has been requested again", Assert.Single(handedOn.State.Attention, a => a.Id == "untrue-transfer").Text, StringComparison.Ordinal);
        Assert.NotNull(ReassessmentRound.Open(handedOn.State));
        handedOn.Do(new CorrectRecord(MistakenRecord.Move, handedOn.Today, "They stay."));
        Assert.DoesNotContain(handedOn.State.Attention, a => a.Id == "hand-over");
    }

    [Fact]
    public void The_transfer_runs_from_the_true_day_on_which_the_council_became_aware_of_the_move()
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 9, 21));
        var (moves, wrong) = (life.Today.AddDays(2), life.Today);
        life.Do(new MoveToAnotherCouncil(Elsewhere, moves, wrong));
        CorrectRecord Aware(DateOnly was, DateOnly? on) => new(MistakenRecord.Move, was, "The letter lay in the post room.", on, "aware");
        life.Refused("day-missing", Aware(wrong, null));
        life.Refused("day-in-future", Aware(wrong, life.Today.AddDays(1)));
        life.Refused("day-before-request", Aware(wrong, Cases.Received.AddDays(-1)));
        life.Refused("no-such-record", Aware(moves, wrong));
        life.Refused("which-unclear", Aware(wrong, wrong.AddDays(-1)) with { Which = "known" });
        var before = Disputed.Limit(life, "transferPlan").Limit.Due;

        life.Do(Aware(wrong, new DateOnly(2026, 9, 7)));

        Assert.Equal((moves, new DateOnly(2026, 9, 7)), (life.State.MovingTo!.On, life.State.MovingTo.AwareOn));
        Assert.NotEqual(before, Disputed.Limit(life, "transferPlan").Limit.Due);
        Assert.Contains("the council's first knowledge of the move was on 7 September 2026, not on 21 September 2026", Assert.Single(life.State.Attention, a => a.Id == "wrong-day-move").Text, StringComparison.Ordinal);

        var ended = Life.Assessing();
        ended.Do(new MoveToAnotherCouncil(Elsewhere, ended.Today, ended.Today));
        ended.Refused("day-not-used", Aware(ended.Today, ended.Today));
    }

    private static void End(Life life, MistakenRecord record) => life.Do(record == MistakenRecord.Withdrawal
        ? new WithdrawRequest(life.Today, "We manage.")
        : new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));

    private static AdviceRequest Of(Life life, Contracts.Advice.AdviceKind kind) => life.State.Requests.Last(r => r.Kind == kind);

    /// <summary>The limits of the case itself; the time of an adviser begins again with a new request.</summary>
    private static List<(string Key, DateOnly? Due, LimitStatus Standing)> Whole(Life life) =>
        [.. Limits.Of(life.State, life.Today, life.Rules).Where(l => !l.Limit.Key.StartsWith("advice:", StringComparison.Ordinal)).Select(l => (l.Limit.Key, l.Limit.Due, l.Standing))];

    private static string Task(Life life, MistakenRecord record) => Assert.Single(life.State.Attention, a => a.Id == $"untrue-{record.ToString().ToLowerInvariant()}").Text;
}
