using System.Runtime.CompilerServices;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A decision while it is being made. Each fact is applied to <see cref="State"/> immediately, so that the next check sees the new state. An
/// instance is used only within one call of <see cref="Assessment.Decide"/>.
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

    /// <summary>Today's date in London.</summary>
    internal DateOnly Today { get; } = LondonDate.Of(now);

    internal OpeningFacts Facts => State.Facts!;

    internal Refusal? Refusal { get; private set; }

    /// <summary>Whether the input is accepted and changes something.</summary>
    internal bool ChangesSomething => Refusal is null && events.Count > 0;

    internal void Happened(AssessmentEvent what)
    {
        events.Add(what);
        State = what.After(State);
        if (what.Settles() is { } waited && Asks(waited))
        {
            Happened(new AttentionResolved(waited, "The status of the request has changed."));
        }

        for (var n = State.Attention.Count - 1; n >= 0; n--)
        {
            if (what.AlsoSettles(State.Attention[n].Id))
            {
                Happened(new AttentionResolved(State.Attention[n].Id, "The request was answered or has ended."));
            }
        }
    }

    /// <summary>Adds a fact that happened before the input and is recorded with it.</summary>
    internal void HappenedFirst(AssessmentEvent what)
    {
        events.Insert(0, what);
        State = what.After(State);
    }

    /// <summary>Adds an effect. An effect needs an event in the same turn, because its id contains the version of that event.</summary>
    internal void AddEffect(Effect effect) => effects.Add(effect);

    /// <summary>Refuses the input. Facts and effects added earlier are discarded, because a refusal changes nothing.</summary>
    internal void Refuse(string code, string reason) => Refusal ??= new Refusal(code, reason);

    /// <summary>Refuses the input unless the condition <paramref name="holds"/>.</summary>
    /// <returns>Whether the condition holds.</returns>
    internal bool Require(bool holds, string code, string reason)
    {
        if (!holds)
        {
            Refuse(code, reason);
        }

        return holds;
    }

    /// <summary>Refuses the input unless the condition holds. The reason is formatted only for a refusal.</summary>
    internal bool Require(bool holds, string code, [InterpolatedStringHandlerArgument(nameof(holds))] ref RefusalReason reason)
    {
        if (!holds)
        {
            Refuse(code, reason.Say());
        }

        return holds;
    }

    /// <summary>Creates a task for an officer, only once for each id.</summary>
    internal void AskAttention(string id, string text)
    {
        if (!Asks(id))
        {
            Happened(new AttentionRequested(new Attention(id, text, Today)));
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
