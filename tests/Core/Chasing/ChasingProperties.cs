using CsCheck;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>What holds of chasing in every life, whatever is said in whatever order.</summary>
public class ChasingProperties
{
    private static readonly Actor Operator = new() { Role = ActorRole.Operator, Id = "op" };

    private static readonly Gen<(int Kind, int Pick, int Twist, int Days)[]> Walks =
        Gen.Select(Gen.Int[0, Walk.Kinds + 3], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 12]).Array[5, 80];

    [Fact]
    public void No_overdue_request_is_without_its_escalation_on_record() => Live((life, _) =>
    {
        if (life.State.Stage is not (Stage.Assessing or Stage.Drafting or Stage.Consulting) || life.State.ChasingPausedUntil >= life.Today)
        {
            return;
        }

        foreach (var request in life.State.Requests.Where(r => r.IsOpen && r.Status != RequestStatus.ReturnedInsufficient))
        {
            var due = Due(life, request);
            foreach (var step in life.Rules.Chase.StepsFor(request).Where(s => s.Kind == ChaseStepKind.Escalation && s.DayFor(due) <= life.Today))
            {
                Assert.Contains(step.Key, request.ChaseSteps);
            }
        }
    });

    [Fact]
    public void Nothing_is_chased_after_it_was_settled_and_nothing_twice() => Live((life, before) =>
    {
        foreach (var taken in life.Events.Skip(before.Events).OfType<ChaseStepTaken>())
        {
            var request = life.State.Requests.First(r => r.Id == taken.RequestId);
            Assert.True(request.IsOpen || request.Status == RequestStatus.Declined, $"{taken} on a request that is {request.Status}");
            Assert.True(request.Status != RequestStatus.Declined || taken.ToRole is "case officer" or "council's SEND lead", $"{taken} was told to the one who declined");
        }

        var keys = life.Events.OfType<ChaseStepTaken>().Select(t => (t.RequestId, t.Step)).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    });

    [Fact]
    public void Every_step_that_is_told_leads_to_one_effect_or_to_a_person() => Live((life, before) =>
    {
        var told = life.Events.Skip(before.Events).OfType<ChaseStepTaken>().Count(t => t.Told && life.State.Requests.First(r => r.Id == t.RequestId).Agency is not null);
        var sent = life.Effects.Skip(before.Effects).Count(e => e is SendEscalation || (e is SendReminder reminder && !reminder.Step.StartsWith("by-hand", StringComparison.Ordinal)));
        Assert.Equal(told, sent);
    });

    [Fact]
    public void Without_news_an_outlook_only_gets_worse_and_turns_on_the_day_foreseen() => Live((life, _) =>
    {
        var (risk, lost) = Forecasts.Turning(life.State, life.Today, life.Rules);
        var worst = Outlook.Met;
        for (var day = life.Today; day <= life.Today.AddDays(150); day = day.AddDays(5))
        {
            var outlook = Forecasts.MostPressing(Forecasts.Of(life.State, day, life.Rules))?.Outlook ?? Outlook.Met;
            Assert.True(outlook >= worst, $"{outlook} after {worst} on {day}");
            worst = outlook;
            if (!life.State.Stage.HasEnded())
            {
                Assert.Equal(risk <= day, outlook >= Outlook.AtRisk);
                Assert.Equal(lost <= day, outlook >= Outlook.WillMiss);
            }
        }
    }, 60);

    private static DateOnly Due(Life life, AdviceRequest request) => Limits.Of(life.State, life.Today, life.Rules)
        .FirstOrDefault(l => l.Limit.Key == $"advice:{request.Id}")?.Limit.Due ?? request.RequestedOn.AddDays(42);

    private static void Live(Action<Life, (int Events, int Effects)> check, int walks = 400) => Walks.Sample(
        walk =>
        {
            var life = Life.Assessing();
            foreach (var (kind, pick, twist, days) in walk)
            {
                var before = (life.Events.Count, life.Effects.Count);
                life.On(life.Today.AddDays(days));
                check(life, before);
                before = (life.Events.Count, life.Effects.Count);
                var input = kind < Walk.Kinds ? Walk.Input(life.State, life.Today, kind, pick, twist) : Operating(life, kind - Walk.Kinds, pick, twist);
                life.Try(input, kind < Walk.Kinds ? Walk.By(input, life.State, pick, twist) : Operator);

                // As in every turn: what has fallen due is decided after the news.
                life.On(life.Today);
                check(life, before);
            }
        },
        iter: walks,
        threads: 1);

    private static AssessmentInput Operating(Life life, int kind, int pick, int twist)
    {
        var request = life.State.Requests.Count == 0 ? "none" : life.State.Requests[pick % life.State.Requests.Count].Id;
        return kind switch
        {
            0 => new RemindNow(request, "They asked for it."),
            1 => new PauseChasing(life.Today.AddDays(twist % 30), "Their system is down."),
            2 => new ResumeChasing("It is up again."),
            _ => new SendRequestAgain(request, "It never came."),
        };
    }
}
