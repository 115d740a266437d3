using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Ending;

/// <summary>After a withdrawal no letter that speaks of the assessment goes out, and the timeline says of each that it was not sent.</summary>
public sealed class LettersAfterWithdrawalTests
{
    /// <summary>What had been done when the request was withdrawn, and the letters to the family that still waited to be posted.</summary>
    private static readonly Dictionary<string, (Action<Life> Done, NoticeKind Waits)> When = new()
    {
        ["the request was received"] = (_ => { }, NoticeKind.RequestAcknowledged),
        ["information was asked for"] = (life => life.Do(new WriteToFamily(FamilyLetter.InformationAsked, "The date of birth.", life.Today.AddDays(5))), NoticeKind.InformationAsked),
        ["the council decided to assess"] = (Decided, NoticeKind.WillAssess),
        ["an exception was claimed"] = (Excepted, NoticeKind.ExceptionApplies),
        ["the draft was prepared"] = (Drafted, NoticeKind.DraftPlan),
    };

    public static TheoryData<string> Each => [.. When.Keys];

    [Theory]
    [MemberData(nameof(Each))]
    public void No_letter_that_waits_is_sent_and_the_timeline_says_so(string when)
    {
        var (done, kind) = When[when];
        var life = Life.Opened(Disputed.ByPost);
        done(life);
        var waiting = life.State.Notices.Where(n => n.SentOn is null).ToList();
        Assert.Contains(waiting, n => n.Kind == kind && n.To == RecipientRole.Family);
        var before = life.Events.Count;

        life.Do(new WithdrawRequest(life.Today, "We manage."));

        Assert.DoesNotContain(life.State.Notices, n => n.SentOn is null);
        Assert.Equal(waiting.Select(n => n.Id), life.State.EndedNotices.Select(n => n.Id));
        Assert.DoesNotContain(life.State.Attention, task => task.Id.StartsWith("post-", StringComparison.Ordinal));
        Assert.All(waiting, n => life.Refused("no-longer-due", new RecordNoticeSent(n.Id, life.Today, NoticeChannel.Post)));
        var context = new TimelineContext();
        foreach (var n in waiting)
        {
            context.Read(new RecordedEvent { Sequence = 1, At = life.Now, By = Cases.Officer, What = new NoticePlanned(n) });
        }

        Assert.Equal(
            waiting.Select(n => $"Notice to the family ({Words.Of(n.Kind)}{(n.PlanVersion is { } version ? FormattableString.Invariant($", version {version}") : "")}) was not sent, because the request was withdrawn."),
            life.Events.Skip(before).OfType<NoticeEnded>().Select(ended => ended.Describe(context)));
        life.On(life.Today.AddDays(200));
        Assert.DoesNotContain(life.State.Notices, n => n.SentOn is null);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_letters_are_due_again_once_the_withdrawal_was_found_to_be_a_mistake(string when)
    {
        var (done, _) = When[when];
        var life = Life.Opened(Disputed.ByPost);
        done(life);
        var waiting = Due(life);
        life.Do(new WithdrawRequest(life.Today, "We manage.")).On(life.Today.AddDays(2)).Do(new CorrectRecord(MistakenRecord.Withdrawal, life.State.EndedOn!.Value, "It was another child's."));

        Assert.Equal(waiting, Due(life));
        Assert.All(life.State.Notices.Where(n => n.SentOn is null), n => Assert.Contains(life.State.Attention, task => task.Id == $"post-{n.Id}"));
        Assert.DoesNotContain(life.State.Attention, task => task.Id is "stop-letters" or "rights-not-told");

        // The same mistake once more asks for no letter twice; and nothing is left to do after each was sent.
        life.Do(new WithdrawRequest(life.Today, "We manage.")).Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "The same slip."));
        Assert.Equal(waiting, Due(life));
        life.HandOverAll();
        Assert.Empty(Due(life));
    }

    [Fact]
    public void Letters_to_agencies_that_failed_are_nobodys_task_and_one_that_is_being_sent_can_be_stopped()
    {
        var life = new Life { Ends = effect => effect is SendNotice ? EffectOutcome.NeedsHuman : EffectOutcome.Done };
        life.Do(new OpenAssessment(Cases.Facts)).Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
        Assert.NotEmpty(life.State.FailedEffects);

        life.Do(new WithdrawRequest(life.Today, "We manage."));

        Assert.Empty(life.State.FailedEffects);
        Assert.Contains(life.State.EndedNotices, n => n is { Kind: NoticeKind.AssessmentConsidered, To: RecipientRole.Icb });
        Assert.Contains(life.State.EndedNotices, n => n is { Kind: NoticeKind.WillAssess, To: RecipientRole.SocialCare });
        Assert.Contains(life.State.Attention, task => task.Id == "stop-letters");
    }

    [Fact]
    public void A_letter_that_comes_back_after_the_withdrawal_is_not_sent_again()
    {
        var life = Life.Opened();
        var sent = life.State.Notices.First(n => n is { Kind: NoticeKind.AssessmentConsidered, To: RecipientRole.Icb });
        life.Do(new WithdrawRequest(life.Today, "We manage.")).Do(new RecordNoticeOutcome(sent.Id, NoticeOutcome.Returned, life.Today, "Gone away."));

        Assert.Contains(life.State.EndedNotices, n => n.Id == sent.Id);
        Assert.DoesNotContain(life.State.Attention, task => task.Id == $"post-{sent.Id}" || task.Id.StartsWith("effect-", StringComparison.Ordinal));
    }

    [Fact]
    public void That_the_rights_have_passed_is_for_an_officer_to_say()
    {
        // The young person is sixteen in December 2025, so the rights pass at the end of June 2026.
        var life = Life.Opened(Disputed.ByPost with { Child = Disputed.ByPost.Child with { DateOfBirth = new DateOnly(2009, 12, 1) } });
        life.On(new DateOnly(2026, 6, 30));
        Assert.Contains(life.State.Notices, n => n is { Kind: NoticeKind.RightsPassedOn, SentOn: null });

        life.Do(new WithdrawRequest(life.Today, "We manage."));

        Assert.Contains(life.State.EndedNotices, n => n.Kind == NoticeKind.RightsPassedOn);
        Assert.Contains(life.State.Attention, task => task.Id == "rights-not-told");
    }

    private static IReadOnlyList<(NoticeKind, RecipientRole, string?, string?, int?, int?, DateOnly?)> Due(Life life) => [.. life.State.Notices
        .Where(n => n.SentOn is null)
        .Select(n => (n.Kind, n.To, n.Agency?.Id.ToString(), n.Person, n.PlanVersion, n.Occasion, n.PlannedOn))
        .Order()];

    private static void Decided(Life life) => life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));

    private static void Excepted(Life life)
    {
        Decided(life);
        life.Do(new ClaimException("exception-1", Ground.ExceptionalCircumstances, life.Today, life.Today.AddDays(20), "A letter.", "The child is in hospital."));
    }

    private static void Drafted(Life life)
    {
        Decided(life);
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
    }
}
