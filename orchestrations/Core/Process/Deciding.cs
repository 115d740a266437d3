using System.Runtime.CompilerServices;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A decision while it is being made. Each fact is applied to <see cref="State"/> immediately, so that the next question sees the new state. Used
/// within one call of <see cref="Assessment.Decide"/> and never kept.
/// </summary>
internal sealed class Deciding(AssessmentState state, Actor by, DateTimeOffset now, Rules rules)
{
    private readonly AssessmentState before = state;
    private readonly List<AssessmentEvent> events = [];
    private readonly List<Effect> effects = [];

    internal AssessmentState State { get; private set; } = state;

    internal Actor By { get; } = by;

    internal DateTimeOffset Now { get; } = now;

    internal Rules Rules { get; } = rules;

    /// <summary>Today in London.</summary>
    internal DateOnly Today { get; } = LondonDate.Of(now);

    internal OpeningFacts Facts => State.Facts!;

    internal Refusal? Refusal { get; private set; }

    /// <summary>Whether it is accepted and changes something.</summary>
    internal bool ChangesSomething => Refusal is null && events.Count > 0;

    internal void Happened(AssessmentEvent what)
    {
        events.Add(what);
        State = what.After(State);
        if (what.Settles() is { } waited && Asks(waited))
        {
            Happened(new AttentionResolved(waited, "The request has moved on."));
        }
    }

    /// <summary>Facts that happened before the input and are recorded with it.</summary>
    internal void HappenedFirst(AssessmentEvent what)
    {
        events.Insert(0, what);
        State = what.After(State);
    }

    /// <summary>An effect needs an event of the same turn, because its id is made from that event's version.</summary>
    internal void Must(Effect effect) => effects.Add(effect);

    /// <summary>Refuses the input. Anything prepared before is dropped: a refusal changes nothing.</summary>
    internal void Refuse(string code, string reason) => Refusal ??= new Refusal(code, reason);

    /// <summary>Refuses unless <paramref name="holds"/>.</summary>
    /// <returns><paramref name="holds"/>.</returns>
    internal bool Require(bool holds, string code, string reason)
    {
        if (!holds)
        {
            Refuse(code, reason);
        }

        return holds;
    }

    /// <summary>Refuses unless it holds; the reason is formatted only for a refusal.</summary>
    internal bool Require(bool holds, string code, [InterpolatedStringHandlerArgument(nameof(holds))] ref RefusalReason reason)
    {
        if (!holds)
        {
            Refuse(code, reason.Say());
        }

        return holds;
    }

    /// <summary>Creates a task for a person, once per id.</summary>
    internal void AskAttention(string id, string text)
    {
        if (!Asks(id))
        {
            Happened(new AttentionAsked(new Attention(id, text, Today)));
        }
    }

    private bool Asks(string attention)
    {
        for (var n = 0; n < State.Attention.Count; n++)
        {
            if (State.Attention[n].Id == attention)
            {
                return true;
            }
        }

        return false;
    }

    internal Decision Close(DateTimeOffset? wakeAt = null, IReadOnlyList<Limit>? limits = null) => Refusal is null
        ? new Decision { Events = events, Effects = effects, After = State, WakeAt = wakeAt, Limits = limits }
        : new Decision { Events = [], Effects = [], After = before, Refusal = Refusal };
}
