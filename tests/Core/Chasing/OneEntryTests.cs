using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>A limit on a known fact is one entry of the rule set: nothing in code knows of it, and it runs, is met, is missed and is chased.</summary>
public class OneEntryTests
{
    private const string Entry =
        """
        { "key": "meetTheFamily", "row": 99, "title": "Meet the family about the draft", "length": 10, "unit": "days", "starts": "draftServed",
          "counting": "after", "appliesTo": "always", "stoppedBy": "the meeting was held", "metBy": { "acts": ["meetingHeld"], "awaits": "the meeting" },
          "endedBy": ["ended"], "mustBeTold": ["family"], "relievedBy": [], "binding": "statute", "citation": "Example Regs 2030 reg 1", "verified": true }
        """;

    private static readonly Rules Rules = Cases.Rules with { Law = WithOneMore() };

    [Fact]
    public void It_runs_and_is_met()
    {
        var life = Drafted();
        var open = Of(life);
        Assert.Equal(
            (LimitStatus.Open, (DateOnly?)life.Today.AddDays(10), "the meeting", "Example Regs 2030 reg 1"), (open.Standing, open.Limit.Due, open.Awaits.Single(), open.Limit.Citation));
        Assert.Contains(Forecasts.Of(life.State, life.Today, Rules), f => f is { Limit: "meetTheFamily", Outlook: Outlook.OnTrack });

        life.On(life.Today.AddDays(9)).Do(new AskForMeeting(life.Today)).Do(new RecordMeetingHeld(life.Today));

        Assert.Equal((LimitStatus.Met, (DateOnly?)life.Today), (Of(life).Standing, Of(life).MetOn));
        life.On(life.Today.AddDays(30));
        Assert.DoesNotContain(life.Events, e => e is DutyChased { Due: var due, Step: "duty-overdue-officer" } && due == open.Limit.Due);
        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith("meetTheFamily@", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_chased_and_recorded_when_it_is_missed()
    {
        var life = Drafted();
        var due = Of(life).Limit.Due!.Value;

        life.On(due.AddDays(20));

        Assert.Equal(LimitStatus.Missed, Of(life).Standing);
        Assert.Contains($"meetTheFamily@{due:yyyy-MM-dd}", life.State.MissedLimits);
        var chased = life.Events.OfType<DutyChased>().Where(e => e.Limit == $"meetTheFamily@{due:yyyy-MM-dd}").ToList();
        Assert.Equal(
            [("case officer", false), ("case officer", true), ("case officer", true), ("head of service", true)],
            chased.Select(e => (e.ToRole, e.Told)));
        Assert.Equal(chased.Where(e => e.Told).Select(e => (e.Limit, e.Step)), life.Effects.OfType<RemindOfDuty>().Where(e => e.Limit.StartsWith("meet", StringComparison.Ordinal)).Select(e => (e.Limit, e.Step)));

        life.Do(new AskForMeeting(life.Today)).Do(new RecordMeetingHeld(life.Today));
        Assert.Equal(LimitStatus.MetLate, Of(life).Standing);
    }

    [Fact]
    public void It_no_longer_applies_when_the_case_ends()
    {
        var life = Drafted();

        life.Do(new WithdrawRequest(life.Today, "The family moves abroad."), Cases.Family);

        Assert.Equal(LimitStatus.Fallen, Of(life).Standing);
    }

    [Fact]
    public void A_case_keeps_the_set_of_its_own_day()
    {
        var later = new Rules(RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default, Cases.Profile) { OtherLaws = [WithOneMore("2026-01-06")] };

        Assert.Same(later.Law, later.LawOn(new DateOnly(2026, 1, 5)));
        Assert.Same(later.OtherLaws[0], later.LawOn(new DateOnly(2026, 1, 6)));
        Assert.DoesNotContain(Limits.Of(Life.Consulting().State, Cases.Received.AddDays(40), later), l => l.Limit.RuleKey == "meetTheFamily");
    }

    private static LimitProgress Of(Life life) => Limits.Of(life.State, life.Today, Rules).Single(l => l.Limit.RuleKey == "meetTheFamily");

    private static Life Drafted()
    {
        var life = new Life(Rules);
        life.Do(new OpenAssessment(Cases.Facts));
        life.Do(new RecordConsultation(life.Today, "The family wants an assessment."));
        life.Do(new DecideWhetherToAssess(true, "May be necessary."));
        life.On(life.Today.AddDays(30));
        life.AnswerAll();
        return life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());
    }

    private static RuleSet WithOneMore(string? inForceFrom = null)
    {
        using var stream = typeof(RuleSet).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.StatutoryClock.england-2014.json")!;
        var document = JsonNode.Parse(stream)!.AsObject();
        document["rules"]!.AsArray().Add(JsonNode.Parse(Entry));
        document["inForceFrom"] = inForceFrom ?? (string?)document["inForceFrom"];
        return RuleSet.Parse(new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }
}
