using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Two appeals under way at once: each has its own time for the council's response, its own answer, its own day set by the Tribunal and its own end.</summary>
public class TwoAppealsTests
{
    private const string First = "appealResponse";
    private const string Second = "appealResponse:2";

    [Fact]
    public void Each_has_its_own_thirty_working_days_and_its_own_answer()
    {
        var life = Two();
        Assert.Equal((new DateOnly(2026, 4, 29), new DateOnly(2026, 5, 15)), (Limit(life, First).Limit.Due!.Value, Limit(life, Second).Limit.Due!.Value));
        Assert.Equal(("Council answers the appeal", "Council answers the appeal (appeal 2)"), (Limit(life, First).Limit.Title, Limit(life, Second).Limit.Title));

        life.On(new(2026, 4, 20)).Refused("which-appeal", Answer(life));
        life.Refused("no-such-appeal", Answer(life, 3));
        life.Do(Answer(life, 2));
        Assert.Equal((LimitStatus.Open, LimitStatus.Met), (Limit(life, First).Standing, Limit(life, Second).Standing));
        life.Refused("already-recorded", Answer(life, 2));

        life.On(new(2026, 5, 20));
        Assert.Equal((LimitStatus.Missed, LimitStatus.Met), (Limit(life, First).Standing, Limit(life, Second).Standing));
        Assert.Equal(["appealResponse@2026-04-29"], life.State.MissedLimits.Where(missed => missed.StartsWith(First, StringComparison.Ordinal)));
        life.Do(Answer(life, 1));
        Assert.Equal((LimitStatus.MetLate, LimitStatus.Met), (Limit(life, First).Standing, Limit(life, Second).Standing));
        Assert.Contains(life.Events.OfType<ActRecorded>(), e => e.Describe(new TimelineContext()) == "The council answered the appeal (appeal 2) on 20 April 2026.");
    }

    [Fact]
    public void The_end_of_one_leaves_the_time_of_the_other()
    {
        var life = Two();
        life.On(new(2026, 4, 20)).Refused("which-appeal", new NoteAppeal(AppealStep.Withdrawn, life.Today));
        life.Do(new NoteAppeal(AppealStep.Withdrawn, life.Today, Appeal: 2));
        Assert.Equal((LimitStatus.Open, LimitStatus.Fallen), (Limit(life, First).Standing, Limit(life, Second).Standing));
        life.Refused("already-noted", new NoteAppeal(AppealStep.Withdrawn, life.Today, Appeal: 2));
        life.Refused("already-noted", new NoteAppeal(AppealStep.Dismissed, life.Today, Appeal: 2));
        life.Refused("no-such-appeal", new NoteAppeal(AppealStep.Dismissed, life.Today, Appeal: 4));

        // Only one is left, so its number need not be given.
        life.On(new(2026, 4, 22)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents));
        Assert.Equal(1, life.State.Appeal[^1].Appeal);
        Assert.False(Appeals.AreUnderWay(life.State));
    }

    [Fact]
    public void Both_can_be_ordered_alike_and_a_concession_is_measured_by_the_response_of_its_own_appeal()
    {
        var life = Two();
        life.On(new(2026, 4, 20)).Do(Answer(life, 1)).Do(new NoteAppeal(AppealStep.Conceded, life.Today, Remedy.AmendContents, Appeal: 2));
        Assert.True(life.State.Appeal[^1].InTime);

        // The order that confirms the concession could be of either appeal.
        life.On(new(2026, 4, 27)).Refused("already-noted", new NoteAppeal(AppealStep.Conceded, life.Today, Remedy.AmendContents));
        life.Refused("which-appeal", new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents));
        life.Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents, Appeal: 2));
        Assert.Equal((LimitStatus.Met, LimitStatus.Fallen), (Limit(life, First).Standing, Limit(life, Second).Standing));
        life.Refused("already-noted", new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents, Appeal: 2));

        life.On(new(2026, 6, 1)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents, Appeal: 1));
        Assert.False(Appeals.AreUnderWay(life.State));

        var late = Two();
        late.On(new(2026, 4, 20)).Do(Answer(late, 2)).Do(new NoteAppeal(AppealStep.Conceded, late.Today, Remedy.AmendContents, Appeal: 2));
        Assert.False(late.State.Appeal[^1].InTime);
    }

    [Fact]
    public void A_day_that_the_tribunal_set_is_of_one_appeal()
    {
        var life = One();
        life.Do(new RecordTribunalDay(TribunalDayFor.Response, new(2026, 5, 7), life.Today));
        Register(life, 2);
        Assert.Equal((new DateOnly(2026, 5, 7), new DateOnly(2026, 5, 15)), (Limit(life, First).Limit.Due!.Value, Limit(life, Second).Limit.Due!.Value));

        life.Refused("which-appeal", new RecordTribunalDay(TribunalDayFor.Response, new(2026, 6, 1), life.Today));
        life.Refused("appeal-unclear", new RecordTribunalDay(TribunalDayFor.Appeal, new(2026, 6, 1), life.Today, 2));
        life.Do(new RecordTribunalDay(TribunalDayFor.Response, new(2026, 6, 1), life.Today, 2));
        Assert.Equal((new DateOnly(2026, 5, 7), new DateOnly(2026, 6, 1)), (Limit(life, First).Limit.Due!.Value, Limit(life, Second).Limit.Due!.Value));
        life.Refused("nothing-changed", new RecordTribunalDay(TribunalDayFor.Response, new(2026, 6, 1), life.Today, 2));
    }

    [Fact]
    public void An_answer_to_the_first_stays_its_answer_if_the_second_is_entered_late()
    {
        var life = One();
        life.On(new(2026, 4, 10)).Do(Answer(life)).On(new(2026, 4, 13));
        life.Do(new NoteAppeal(AppealStep.Registered, new(2026, 4, 1), Appeal: 2));
        Assert.Equal((LimitStatus.Met, LimitStatus.Open), (Limit(life, First).Standing, Limit(life, Second).Standing));
    }

    [Fact]
    public void Another_appeal_is_registered_with_its_number_once()
    {
        var life = One();
        life.On(life.Today.AddDays(1)).Refused("already-noted", new NoteAppeal(AppealStep.Registered, life.Today));
        life.Refused("already-noted", new NoteAppeal(AppealStep.Registered, life.Today, Appeal: 1));
        life.Refused("no-such-appeal", new NoteAppeal(AppealStep.Registered, life.Today, Appeal: 3));
        Register(life, 2).Refused("already-noted", new NoteAppeal(AppealStep.Registered, life.Today, Appeal: 2));

        // Both on one day have the same last day, and are still two.
        Register(life, 3);
        Assert.Equal(3, Limits.Of(life.State, life.Today, life.Rules).Count(l => l.Limit.RuleKey == First && l.Standing == LimitStatus.Open));
        life.On(life.Today.AddDays(80));
        Assert.Equal(3, life.State.MissedLimits.Count(missed => missed.StartsWith(First, StringComparison.Ordinal)));
        Assert.Contains(life.Events.OfType<AppealNoted>(), e => e.Describe(new TimelineContext()).EndsWith("(appeal 3).", StringComparison.Ordinal));
        life.Refused("appeal-unclear", new RecordAct(Act.MonitoringMeetingHeld, life.Today, "Held.", Appeal: 2), Cases.Officer);
    }

    [Fact]
    public void An_appeal_against_a_later_decision_gets_a_number_by_itself()
    {
        var life = One();
        Amended.ToCease(life);
        life.On(life.Today.AddDays(5)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Assert.Equal((LimitStatus.Missed, LimitStatus.Open), (Limit(life, First).Standing, Limit(life, Second).Standing));
        Assert.Equal([null, 2], life.State.Appeal.Select(step => step.Appeal));

        // What an order requires says to which of the two it belongs.
        life.Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.ContinuePlan));
        Assert.Equal(2, life.State.Appeal[^1].Appeal);
    }

    [Fact]
    public void If_the_first_never_came_the_second_keeps_its_number_and_its_answer()
    {
        var life = Two();
        life.On(new(2026, 4, 20)).Do(Answer(life, 2)).Do(new CorrectRecord(MistakenRecord.Appeal, life.State.Appeal[0].On, "Another child's.", null, "registered"));
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.Key == First);
        Assert.Equal(LimitStatus.Met, Limit(life, Second).Standing);
        Register(life, 3);
        Assert.Equal(LimitStatus.Open, Limit(life, "appealResponse:3").Standing);
    }

    [Fact]
    public void A_case_with_one_appeal_after_another_has_no_numbers()
    {
        var life = One();
        life.Do(new NoteAppeal(AppealStep.Withdrawn, life.Today)).On(life.Today.AddDays(3)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(Answer(life));
        Assert.DoesNotContain("\"appeal\":1", Life.Json(life.State), StringComparison.Ordinal);
        Assert.All(life.State.Appeal, step => Assert.Null(step.Appeal));
        Assert.All(life.State.Acts, act => Assert.Null(act.Appeal));
        Assert.Equal(LimitStatus.Met, Limit(life, First).Standing);
    }

    /// <summary>An appeal against sections B and F, registered on 16 March 2026. By hand, without Good Friday (3 April) and Easter Monday (6 April): the 30th working day is 29 April.</summary>
    private static Life One()
    {
        var life = Disputed.Issued();
        life.On(new(2026, 3, 16));
        return life.Do(new NoteAppeal(AppealStep.Registered, life.Today));
    }

    /// <summary>Another appeal, against section I, registered on 31 March 2026. Without the bank holiday of 4 May too, the 30th working day is 15 May.</summary>
    private static Life Two() => Register(One().On(new(2026, 3, 31)), 2);

    private static Life Register(Life life, int number)
    {
        if (life.Today < new DateOnly(2026, 3, 31))
        {
            life.On(new(2026, 3, 31));
        }

        return life.Do(new NoteAppeal(AppealStep.Registered, life.Today, Appeal: number));
    }

    private static RecordAct Answer(Life life, int? appeal = null) => new(Act.AppealAnswered, life.Today, "Sent to the Tribunal.", Appeal: appeal);

    private static LimitProgress Limit(Life life, string key) => Disputed.Limit(life, key);
}
