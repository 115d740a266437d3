using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>Lives an assessment day by day and writes down who was told what on which day.</summary>
internal sealed class Diary
{
    internal const string Never = "never answered";

    private readonly List<string> lines = [];
    private int seen;

    private Diary(Life life) => Life = life;

    internal Life Life { get; }

    /// <summary>"2 February: contributor (remind-2-weeks-before)", in order.</summary>
    internal IReadOnlyList<string> Lines => lines;

    /// <summary>Decided on Monday 5 January 2026 and delivered the same day, so every request is due on Monday 16 February.</summary>
    internal static Diary Begun() => new(Life.Assessing());

    internal AdviceRequest Request(AdviceKind kind) => Life.State.Requests.First(r => r.Kind == kind);

    /// <summary>Lives up to the end of <paramref name="day"/>, noting what is said about requests of this kind.</summary>
    internal Diary Until(DateOnly day, AdviceKind kind)
    {
        while (Life.Today < day)
        {
            Life.On(Life.Today.AddDays(1));
            Note(kind);
        }

        return this;
    }

    internal Diary Then(Action<Life> act, AdviceKind kind)
    {
        act(Life);
        Life.On(Life.Today);
        Note(kind);
        return this;
    }

    private void Note(AdviceKind kind)
    {
        foreach (var taken in Life.Events.Skip(seen).OfType<ChaseStepTaken>())
        {
            if (Life.State.Requests.First(r => r.Id == taken.RequestId).Kind == kind)
            {
                lines.Add($"{Words.Day(Life.Today)}: {taken.ToRole}{(taken.Told ? "" : " (not told)")}");
            }
        }

        seen = Life.Events.Count;
    }
}
