using System.Text.Json;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>One assessment lived by hand: inputs are decided as they come, effects succeed on the day they are decided.</summary>
internal sealed class Life(Rules? rules = null)
{
    private readonly Queue<Effect> outbox = new();

    internal Rules Rules { get; } = rules ?? Cases.Rules;

    internal AssessmentState State { get; private set; } = AssessmentState.None(Cases.Id);

    internal List<AssessmentEvent> Events { get; } = [];

    internal List<Effect> Effects { get; } = [];

    internal DateOnly Today { get; private set; } = Cases.Received;

    internal DateTimeOffset? WakeAt { get; private set; }

    /// <summary>How effects end; all succeed where nothing else is said.</summary>
    internal Func<Effect, EffectOutcome> Ends { get; init; } = _ => EffectOutcome.Done;

    internal DateTimeOffset Now => new(Today.ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero);

    internal static Life Opened(OpeningFacts? facts = null, Rules? rules = null)
    {
        var life = new Life(rules);
        life.Do(new OpenAssessment(facts ?? Cases.Facts));
        return life;
    }

    internal static Life Assessing(OpeningFacts? facts = null, Rules? rules = null) => Assess(Opened(facts, rules));

    internal static Life Assessing(Func<Effect, EffectOutcome> ends)
    {
        var life = new Life { Ends = ends };
        return Assess(life.Do(new OpenAssessment(Cases.Facts)));
    }

    private static Life Assess(Life life)
    {
        life.Do(new RecordConsultation(life.Today, "The family wants an assessment."));
        life.Do(new DecideWhetherToAssess(true, "May be necessary."));
        return life;
    }

    /// <summary>Every adviser has answered and the first draft is with the family.</summary>
    internal static Life Consulting(OpeningFacts? facts = null, Rules? rules = null)
    {
        var life = Assessing(facts, rules);
        life.On(life.Today.AddDays(30));
        life.AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary."));
        life.Do(new PrepareDraft());
        return life;
    }

    internal Life On(DateOnly day)
    {
        while (WakeAt is { } wake && DateOnly.FromDateTime(wake.UtcDateTime) <= day && DateOnly.FromDateTime(wake.UtcDateTime) > Today)
        {
            Today = DateOnly.FromDateTime(wake.UtcDateTime);
            Take(Assessment.DecideDue(State, Now, Rules));
        }

        Today = day;
        Take(Assessment.DecideDue(State, Now, Rules));
        return this;
    }

    /// <summary>The hub stands still until this day: nothing is decided by the passing of time, and what arrives is decided first.</summary>
    internal Life StoodStillUntil(DateOnly day)
    {
        Today = day;
        return this;
    }

    /// <summary>Decides, and fails the test when it was refused.</summary>
    internal Life Do(AssessmentInput input, Actor? by = null)
    {
        var decision = Try(input, by);
        Assert.True(decision.Refusal is null, $"{input.GetType().Name} was refused: {decision.Refusal}");
        Assert.Empty(KeptWords.Lost(input, decision, State).Select(lost => $"{input.GetType().Name}.{lost} is nowhere on record."));
        return this;
    }

    internal void Refused(string code, AssessmentInput input, Actor? by = null)
    {
        var before = Json(State);
        var decision = Try(input, by);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Effects);
        Assert.Equal(before, Json(State));
    }

    internal Decision Try(AssessmentInput input, Actor? by = null)
    {
        var decision = Assessment.Decide(State, input, by ?? Cases.Officer, Now, Rules);
        Take(decision);
        while (outbox.TryDequeue(out var effect))
        {
            var end = Ends(effect);
            if (effect.ReportsSuccess || end != EffectOutcome.Done)
            {
                Take(Assessment.Decide(State, new EffectSettled("330-X/1/1", effect, end, Today, "kept"), Actor.TheHub, Now, Rules));
            }
        }

        return decision;
    }

    internal void AnswerAll()
    {
        foreach (var request in State.Requests.Where(r => r.IsOpen).ToList())
        {
            var by = request.Agency is { } agency ? Cases.As(agency) : Cases.Family;
            Do(new SubmitAdvice(request.Id, Cases.Content(Today, request.Id)), by);
        }
    }

    /// <summary>Every notice that waits for a person is handed over today.</summary>
    internal Life HandOverAll()
    {
        foreach (var notice in State.Notices.Where(n => n.SentOn is null).ToList())
        {
            Do(new RecordNoticeSent(notice.Id, Today, NoticeChannel.ByHand));
        }

        return this;
    }

    internal static string Json(AssessmentState state) => JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState);

    private void Take(Decision decision)
    {
        Events.AddRange(decision.Events);
        Effects.AddRange(decision.Effects);
        foreach (var effect in decision.Effects)
        {
            outbox.Enqueue(effect);
        }

        State = decision.After;
        WakeAt = Assessment.DecideDue(State, Now, Rules).WakeAt;
    }
}
