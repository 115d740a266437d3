using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>
/// Each kind of agency against each way in which a request can end. Every request is asked and delivered on Monday 5 January 2026 and
/// due on Monday 16 February; the days were worked out by hand with a calendar of 2026, not by the hub.
/// </summary>
public class LadderTableTests
{
    private const string Before = "2 February: contributor|13 February: contributor";
    private const string Nhs = Before + "|17 February: contributor|17 February: contributor's manager|19 February: designated medical or clinical officer|26 February: commissioner|5 March: council's SEND lead";
    private const string Setting = Before + "|17 February: contributor|19 February: head or principal|26 February: council's SEND lead";
    private const string Council = Before + "|17 February: contributor|17 February: contributor's manager|23 February: head of service|2 March: council's SEND lead";
    private const string Family = "2 February: contributor|17 February: key worker";

    public static TheoryData<AdviceKind, string, string> Table()
    {
        var table = new TheoryData<AdviceKind, string, string>();
        foreach (var (kind, whole) in new[] { (AdviceKind.Medical, Nhs), (AdviceKind.Educational, Setting), (AdviceKind.Psychological, Council), (AdviceKind.FamilyViews, Family) })
        {
            table.Add(kind, Diary.Never, whole);
            table.Add(kind, "in time, 30 January", "");
            table.Add(kind, "on its last day, 16 February", UpTo(whole, 16));
            table.Add(kind, "late, 18 February", UpTo(whole, 18));
            table.Add(kind, "withdrawn, 18 February", UpTo(whole, 18));
            table.Add(kind, "assessment withdrawn, 18 February", UpTo(whole, 18));
            table.Add(kind, "not waited for, 18 February", kind == AdviceKind.FamilyViews ? UpTo(whole, 18) : whole);
            if (kind != AdviceKind.FamilyViews)
            {
                // Declined on Tuesday 10 February, two and five working days before the council itself is chased.
                table.Add(kind, "declined, 10 February", UpTo(whole, 10) + "|12 February: case officer|17 February: council's SEND lead");
                table.Add(kind, "declined and asked elsewhere, 10 February", UpTo(whole, 10));
                table.Add(kind, "relied on, 10 February", UpTo(whole, 10));
            }

            // In on 12 February; back on the 13th keeps the limit and the ordinary ladder; back on the 20th takes its own branch.
            table.Add(kind, "returned before its last day, 13 February", whole);
            table.Add(kind, "returned after its last day, 20 February", UpTo(whole, 12) + "|27 February: contributor|4 March: contributor's manager|11 March: council's SEND lead");
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Exactly_these_people_are_told_on_exactly_these_days(AdviceKind kind, string ending, string expected)
    {
        var diary = Diary.Begun();
        if (ending != Diary.Never)
        {
            End(diary, kind, ending);
        }

        diary.Until(new DateOnly(2026, 3, 31), kind);

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), diary.Lines);
    }

    [Fact]
    public void Reminders_go_to_the_agency_and_escalations_to_the_named_role()
    {
        var diary = Diary.Begun().Until(new DateOnly(2026, 3, 31), AdviceKind.Medical);
        var request = diary.Request(AdviceKind.Medical);

        Assert.Equal(
            ["remind-2-weeks-before", "remind-3-days-before", "remind-overdue"],
            diary.Life.Effects.OfType<SendReminder>().Where(e => e.RequestId == request.Id).Select(e => e.Step));
        Assert.Equal(
            ["contributor's manager", "designated medical or clinical officer", "commissioner", "council's SEND lead"],
            diary.Life.Effects.OfType<SendEscalation>().Where(e => e.RequestId == request.Id).Select(e => e.ToRole));
        Assert.All(diary.Life.Effects.OfType<SendEscalation>().Where(e => e.RequestId == request.Id), e => Assert.Equal(Cases.Hospital.Id, e.Agency));
    }

    [Fact]
    public void Working_days_pass_over_Easter()
    {
        // Due on Thursday 2 April 2026. Friday 3 and Monday 6 April are bank holidays: three working days end on Thursday 9 April.
        var step = ChaseLadder.Default.StepsFor(ChaseGroup.Nhs).Single(s => s.Key == "escalate-dmo");

        Assert.Equal(new DateOnly(2026, 4, 9), step.DayFor(new DateOnly(2026, 4, 2)));
    }

    [Fact]
    public void After_a_pause_each_role_hears_only_the_last_that_concerns_it()
    {
        var diary = Diary.Begun().Until(new DateOnly(2026, 2, 12), AdviceKind.Medical);
        diary.Then(life => life.Do(new PauseChasing(new DateOnly(2026, 2, 22), "The trust's system is down."), new Actor { Role = ActorRole.Operator, Id = "op" }), AdviceKind.Medical)
            .Until(new DateOnly(2026, 2, 24), AdviceKind.Medical);

        Assert.Equal(
            [
                "2 February: contributor",
                "23 February: contributor (not told)",
                "23 February: contributor",
                "23 February: contributor's manager",
                "23 February: designated medical or clinical officer",
            ],
            diary.Lines);
    }

    private static void End(Diary diary, AdviceKind kind, string ending)
    {
        var (how, day) = (ending[..ending.LastIndexOf(',')], DateOnly.ParseExact(ending[(ending.LastIndexOf(',') + 2)..] + " 2026", "d MMMM yyyy", null));
        if (how.StartsWith("returned", StringComparison.Ordinal))
        {
            diary.Until(new DateOnly(2026, 2, 12), kind).Then(life => Answer(life, diary.Request(kind)), kind);
        }

        diary.Until(day, kind).Then(life => Act(life, diary.Request(kind), how), kind);
    }

    private static void Act(Life life, AdviceRequest request, string how)
    {
        switch (how)
        {
            case "in time" or "on its last day" or "late":
                Answer(life, request);
                break;
            case "withdrawn":
                life.Do(new WithdrawAdviceRequest(request.Id, "Not needed any more."));
                break;
            case "assessment withdrawn":
                life.Do(new WithdrawRequest(life.Today, "The family moved abroad."));
                break;
            case "not waited for":
                // Deciding without an answer ends no request of a body bound to answer: its advice may still enter the plan.
                life.Do(new DecideWhetherToIssuePlan(true, "Necessary.", [.. life.State.Requests.Where(r => r.IsOpen).Select(r => r.Id)], "The family cannot wait."));
                if (request.Agency is null)
                {
                    Answer(life, request);
                }

                break;
            case "declined":
                life.Do(new DeclineAdviceRequest(request.Id, "Not known to us."));
                break;
            case "declined and asked elsewhere":
                life.Do(new DeclineAdviceRequest(request.Id, "Not known to us."));
                life.Do(new RequestAdvice(request.Kind, Cases.Therapist, "The first declined.", request.Id));
                Answer(life, life.State.Requests[^1]);
                break;
            case "relied on":
                life.Do(new ProposeExistingAdvice("old", request.Kind, request.Agency!, Cases.Content(life.Today)));
                foreach (var party in Enum.GetValues<AgreeingParty>())
                {
                    life.Try(new AgreeExistingAdvice("old", party, true), party switch
                    {
                        AgreeingParty.Author => Cases.As(request.Agency!),
                        AgreeingParty.Family => Cases.Family,
                        _ => Cases.Officer,
                    });
                }

                Assert.True(life.State.Existing.Single().ReliedOn);
                break;
            default:
                life.Do(new ReturnAdvice(life.State.Advice.Last(a => a.RequestId == request.Id).Id, "It names no provision."));
                break;
        }
    }

    private static void Answer(Life life, AdviceRequest request) =>
        life.Do(new SubmitAdvice(request.Id, Cases.Content(life.Today)), request.Agency is { } agency ? Cases.As(agency) : Cases.Family);

    /// <summary>The lines of a ladder up to and including a day of February 2026.</summary>
    private static string UpTo(string ladder, int day) => string.Join('|', ladder.Split('|').Where(l =>
        DateOnly.ParseExact(l[..l.IndexOf(':', StringComparison.Ordinal)] + " 2026", "d MMMM yyyy", null) <= new DateOnly(2026, 2, day)));
}
