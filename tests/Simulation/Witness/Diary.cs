using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Witness;

/// <summary>What comes up in a case.</summary>
public enum Matter
{
    /// <summary>Somebody looks at the case and does what is to be done: officer, family, institution, board.</summary>
    Look,

    /// <summary>An agency acknowledges a request.</summary>
    Acknowledge,

    /// <summary>An agency accepts a request.</summary>
    Accept,

    /// <summary>An agency declines a request.</summary>
    Decline,

    /// <summary>An agency gives its advice.</summary>
    Advise,

    /// <summary>An agency gives advice that is not advice: it must be refused.</summary>
    AdviseWrongly,

    /// <summary>An agency sends what it sent before, under the same id.</summary>
    Repeat,

    /// <summary>An agency sends its advice once more under a new id, word for word: it must be refused, for the request is settled.</summary>
    AdviseTwice,

    /// <summary>An agency corrects its advice: another text takes the place of the first.</summary>
    Correct,

    /// <summary>An agency takes its advice back; it gives another later.</summary>
    Retract,

    /// <summary>Somebody who was not asked gives advice: it must be refused.</summary>
    AdviseUnasked,

    /// <summary>The child missed an appointment.</summary>
    MissAppointment,

    /// <summary>The case is over: see whether everything is as it must be.</summary>
    Check,
}

/// <summary>One entry of the diary.</summary>
/// <param name="Case">The assessment.</param>
/// <param name="Matter">What comes up.</param>
/// <param name="Request">The request for advice that it is about.</param>
/// <param name="Round">1 for the first asking of that request, 2 for the next.</param>
public sealed record Entry(AssessmentId Case, Matter Matter, string? Request = null, int Round = 1);

/// <summary>What comes up when. Entries of the same instant are in order of case, and within a case in order of entry.</summary>
public sealed class Diary
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Entry, (long At, int Case, int Turn)> entries = new();

    /// <summary>The instant of the next entry; null when there is none.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate)
            {
                return entries.TryPeek(out _, out var at) ? new DateTimeOffset(at.At, TimeSpan.Zero) : null;
            }
        }
    }

    /// <summary>Enters something; it comes up at the next round of the world.</summary>
    public void Enter(CaseLedger ledger, DateTimeOffset at, Entry entry)
    {
        at = Rounds.At(at);
        lock (gate)
        {
            ledger.Coming += entry.Matter is Matter.Look or Matter.Check ? 0 : 1;
            entries.Enqueue(entry, (at.UtcTicks, ledger.Person.Number, ledger.NextTurn++));
        }
    }

    /// <summary>Somebody looks at the case then, where nobody would look earlier.</summary>
    public void Look(CaseLedger ledger, DateTimeOffset at)
    {
        if (ledger.LookAt is null || at < ledger.LookAt)
        {
            ledger.LookAt = at;
            Enter(ledger, at, new Entry(ledger.Person.Id, Matter.Look));
        }
    }

    /// <summary>Takes out everything up to an instant, case by case in the order in which they first come up.</summary>
    public IReadOnlyList<IGrouping<AssessmentId, Entry>> TakeUpTo(DateTimeOffset instant)
    {
        var due = new List<Entry>();
        lock (gate)
        {
            while (entries.TryPeek(out _, out var at) && at.At <= instant.UtcTicks)
            {
                due.Add(entries.Dequeue());
            }
        }

        return [.. due.GroupBy(e => e.Case)];
    }
}
