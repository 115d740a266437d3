using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Detaining;

/// <summary>What is called by its name to people who only run the hub, and what has the same name as ordinary things.</summary>
public sealed class OperationsSightTests
{
    private static readonly RecipientRole[] Ordinary = [RecipientRole.Family, RecipientRole.Icb, RecipientRole.SocialCare, RecipientRole.Setting, RecipientRole.NamedInstitution];

    [Fact]
    public void Each_letter_to_those_who_are_told_of_a_detention_is_called_what_a_letter_to_somebody_else_is_called()
    {
        var ordinary = Enum.GetValues<NoticeKind>().Where(kind => kind is not (NoticeKind.PlanKeptInDetention or NoticeKind.PlanAfterRelease))
            .SelectMany(kind => Ordinary.Select(to => OperationsWords.Of(Letter(kind, to)))).ToHashSet();

        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            foreach (var to in Enum.GetValues<RecipientRole>())
            {
                Assert.Contains(OperationsWords.Of(Letter(kind, to)), ordinary);
                Assert.Equal(Ordinary.Contains(to), OperationsWords.IsOrdinary(to));
            }
        }

        Assert.Equal("Letter to an agency (the final plan, version 3)", OperationsWords.Of(Letter(NoticeKind.FinalPlan, RecipientRole.PersonInCharge)));
        Assert.Equal("Letter to the family (another letter)", OperationsWords.Of(Letter(NoticeKind.PlanKeptInDetention, RecipientRole.Family)));
    }

    [Fact]
    public void No_time_limit_that_a_detention_begins_or_suspends_is_named()
    {
        var law = RuleSet.EnglandDetained2015;
        var only = law.Rules.Where(rule => RuleSet.England2014.Find(rule.Key) is null).Select(rule => rule.Key).ToList();
        Assert.Contains("sendKeptPlan", only);
        Assert.All(only.Append("reviewAfterRelease").Concat(law.Suspends!.Rules), key => Assert.False(OperationsWords.NamesLimit(key), key));
        Assert.All(law.Rules.Where(rule => only.Contains(rule.Key)).Select(rule => rule.MetBy.Awaits).OfType<string>(), wait => Assert.False(OperationsWords.NamesWait(wait), wait));
        Assert.True(OperationsWords.NamesLimit("finalPlan@2026-10-19"));
        Assert.True(OperationsWords.NamesWait("draft plan"));
    }

    [Fact]
    public void The_status_of_a_case_with_a_plan_is_the_same_while_a_duty_of_the_detention_is_awaited()
    {
        var today = new DateOnly(2026, 9, 8);
        var waiting = OperationsSight.Status(Stage.PlanIssued, "sending the plan that is kept", today.AddDays(-1), today.AddDays(3), today);
        Assert.Equal(waiting, OperationsSight.Status(Stage.PlanIssued, "", new DateOnly(2026, 2, 24), null, today));
        Assert.Equal("Final plan issued", waiting);
    }

    [Fact]
    public void A_case_with_a_detention_has_the_limits_the_tasks_and_the_events_of_a_case_without_one()
    {
        var (life, plain) = (Decided(detained: true), Decided(detained: false));

        Assert.Equal(
            OperationsSight.Of(plain.State).LimitsOf(plain.State, plain.Today, plain.Rules).Select(l => (l.Limit.Key, l.Limit.Title, l.Limit.Citation, l.Standing)),
            OperationsSight.Of(life.State).LimitsOf(life.State, life.Today, life.Rules).Select(l => (l.Limit.Key, l.Limit.Title, l.Limit.Citation, l.Standing)));
        Assert.Empty(OperationsSight.Of(life.State).Shown(life.State).Detentions);
        Assert.Equal(
            [Cases.Accommodation.Id, Cases.YouthOffendingTeam.Id, Cases.Commissioner.Id], OperationsSight.Of(life.State).Hidden);
        Assert.All(OperationsSight.Of(life.State).Shown(life.State).Attention, task => Assert.Equal($"{OperationsWords.ATask}.", task.Text));
    }

    [Fact]
    public void An_operator_cannot_find_out_by_its_id_that_a_letter_was_sent_to_the_place_of_detention()
    {
        var life = Decided(detained: true);
        var letter = life.State.Notices.First(n => n is { To: RecipientRole.PersonInCharge, SentOn: not null });
        var op = new Actor { Role = ActorRole.Operator, Id = "operator-1" };

        life.Refused("unknown-notice", new RevokeLetterLink(letter.Id, "Wrong address."), op);
        Assert.Equal(life.Try(new RevokeLetterLink("noSuch-1-family", "Wrong address."), op).Refusal, life.Try(new RevokeLetterLink(letter.Id, "Wrong address."), op).Refusal);
        life.Do(new RevokeLetterLink(life.State.Notices.First(n => n is { Kind: NoticeKind.WillAssess, To: RecipientRole.Icb }).Id, "Wrong address."), op);
        life.Do(new RevokeLetterLink(letter.Id, "Wrong address."));
    }

    [Theory]
    [InlineData("restricted-at-opening", "The case is restricted to the people who were named.")]
    [InlineData("own-view-3", "A member of the family other than the first contact has given their own view.")]
    [InlineData("said-medical-1", "The adviser has sent a message: the child is at risk.")]
    [InlineData("closure-1", "The school is closed because of a death.")]
    [InlineData("family-link-1", "A link given to the family was revoked: the father found it.")]
    [InlineData("anything-new", "Words that an officer wrote.")]
    public void A_task_that_an_operator_cannot_help_with_is_not_described(string id, string text)
    {
        var life = Life.Assessing();
        var state = life.State with { Attention = [new Attention(id, text, life.Today), new Attention("send-medical-1", "Not sent: no channel to the trust is set up.", life.Today)] };

        var shown = OperationsSight.Of(state).Shown(state).Attention;

        Assert.Equal([("task-1", $"{OperationsWords.ATask}."), ("send-medical-1", "Not sent: no channel to the trust is set up.")], shown.Select(task => (task.Id, task.Text)));
        Assert.Equal($"To do: {OperationsWords.ATask}.", new AttentionRequested(new Attention(id, text, life.Today)).Describe(new TimelineContext { IsForOperations = true }));
    }

    [Fact]
    public void Kinds_of_events_that_operators_are_not_told_of_are_not_named()
    {
        Assert.False(OperationsSight.NamesKind(new CaseRestricted(["officer-1"], "A colleague's child.")));
        Assert.False(OperationsSight.NamesKind(new Released(1, Cases.Received)));
        Assert.False(OperationsSight.NamesKind(new ActRecorded(new RecordedAct(Act.KeptProvisionArranged, Cases.Received, "As in the plan."))));
        Assert.True(OperationsSight.NamesKind(new AssessmentAgreed(Cases.Received, "May be necessary.")));
    }

    private static Life Decided(bool detained)
    {
        var life = Life.Opened(Detained.Facts);
        if (detained)
        {
            Detained.From(life);
        }

        life.Do(new RecordConsultation(life.Today, "Wants one."));
        if (detained)
        {
            life.Do(Detained.Consulted(life));
        }

        return life.Do(new DecideWhetherToAssess(true, "May be necessary."));
    }

    private static Notice Letter(NoticeKind kind, RecipientRole to) => new() { Id = "letter-1", Kind = kind, To = to, PlanVersion = kind is NoticeKind.FinalPlan or NoticeKind.PlanKeptInDetention ? 3 : null };
}
