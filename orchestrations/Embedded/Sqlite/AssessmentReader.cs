using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Reads assessments through one connection. The caller must have a transaction open, so that all the data are read as they
/// were at a single instant.</summary>
internal sealed class AssessmentReader(Connection connection)
{
    private readonly Statement assessment = connection.Prepare("SELECT key, version, wake_at, head, summary_is FROM assessment WHERE id = ?1");
    private readonly Statement snapshot = connection.Prepare("SELECT turn, state, decided FROM snapshot WHERE assessment = ?1 AND written_by = ?2");
    private readonly Statement turn = connection.Prepare(
        $"SELECT previous, version, events, decided, first_effect, effects, assessment, {(HasChecksums(connection) ? "sum" : "NULL")} FROM turn WHERE no = ?1");
    private readonly Statement inbox = connection.Prepare("SELECT delivery FROM inbox WHERE no = ?1");
    private readonly Statement effect = connection.Prepare("SELECT body, created_at, attempts, due_at, ended, detail FROM effect WHERE no >= ?1 AND no < ?2 ORDER BY no");

    /// <summary>Loads the assessment into its in-memory form, with the key 0 if the store knows nothing about the assessment.</summary>
    /// <param name="id">Id of the assessment.</param>
    /// <param name="waiting">The row numbers of the assessment's waiting deliveries in the inbox.</param>
    /// <returns>The assessment, or null if a commit has just removed one of the waiting rows.</returns>
    internal HeldAssessment? Load(AssessmentId id, IReadOnlyList<long> waiting)
    {
        var held = Load(id);
        foreach (var no in waiting)
        {
            if (!inbox.Bind(1, no).Step())
            {
                return null;
            }

            held.Inbox.Add(new WaitingDelivery(no, Encoding.Delivery(inbox.Blob(0))));
            inbox.Reset();
        }

        return held;
    }

    /// <summary>Loads the assessment into its in-memory form, without the waiting deliveries.</summary>
    /// <param name="id">Id of the assessment.</param>
    /// <param name="fromSnapshot">False to ignore snapshots and read from the first event.</param>
    internal HeldAssessment Load(AssessmentId id, bool fromSnapshot = true)
    {
        var held = new HeldAssessment(id);
        if (!assessment.Bind(1, id.Value).Step())
        {
            return held;
        }

        held.Key = assessment.Int64(0);
        var version = assessment.Int64(1);
        held.WakeAt = Encoding.Instant(assessment.Int64OrNull(2));
        held.Head = assessment.Int64(3);
        held.SummaryFingerprints = new SummaryFingerprints(assessment.Int64(4));
        assessment.Reset();

        var from = fromSnapshot ? FromSnapshot(held) : 0;
        foreach (var (events, decided, bytes) in TurnsAfter(held.Head, from))
        {
            held.State = Assessment.Replay(held.State, events.Select(e => e.What));
            held.Bytes += bytes * HeldAssessment.MemoryPerJsonByte;
            foreach (var kept in decided)
            {
                held.Remember(kept);
            }
        }

        if (held.State.Version != version)
        {
            throw Encoding.Damaged(FormattableString.Invariant($"{id} should be at version {version}, but its events lead to version {held.State.Version}"));
        }

        return held;
    }

    /// <summary>The events of an assessment whose sequence number is greater than <paramref name="after"/>, in order.</summary>
    internal IReadOnlyList<RecordedEvent> Events(AssessmentId id, long after, int limit)
    {
        var found = new Stack<IReadOnlyList<RecordedEvent>>();
        for (var (no, version) = Head(id); no != 0 && version > after;)
        {
            Turn(no);
            version = turn.Int64(1);
            if (version > after && !turn.IsNull(2))
            {
                found.Push(Encoding.Events(turn.Blob(2)));
            }

            no = turn.Int64(0);
            turn.Reset();
        }

        return [.. found.SelectMany(e => e).Where(e => e.Sequence > after).Take(limit)];
    }

    /// <summary>The number of turns in the assessment's chain, counted back from the newest turn.</summary>
    internal long CountTurns(AssessmentId id)
    {
        var count = 0L;
        for (var (no, _) = Head(id); no != 0; count++)
        {
            Turn(no);
            no = turn.Int64(0);
            turn.Reset();
        }

        return count;
    }

    /// <summary>The effects of an assessment with their attempts, oldest first.</summary>
    internal IReadOnlyList<EffectRecord> Effects(AssessmentId id)
    {
        var runs = new Stack<(long First, long Count)>();
        for (var (no, _) = Head(id); no != 0;)
        {
            Turn(no);
            if (turn.Int64(5) is var count and > 0)
            {
                runs.Push((turn.Int64(4), count));
            }

            no = turn.Int64(0);
            turn.Reset();
        }

        var effects = new List<EffectRecord>();
        foreach (var (first, count) in runs)
        {
            effect.Bind(1, first).Bind(2, first + count);
            while (effect.Step())
            {
                effects.Add(new EffectRecord(
                    Encoding.Effect(effect.Blob(0)),
                    Encoding.Instant(effect.Int64(1)),
                    (int)effect.Int64(2),
                    (EffectOutcome?)effect.Int64OrNull(4),
                    effect.TextOrNull(5),
                    Encoding.Instant(effect.Int64OrNull(3))));
            }
        }

        return effects;
    }

    /// <summary>The effect in the row that has this number.</summary>
    internal OutboxEffect Effect(long no)
    {
        if (!effect.Bind(1, no).Bind(2, no + 1).Step())
        {
            throw Encoding.Damaged("an effect is missing");
        }

        var found = Encoding.Effect(effect.Blob(0));
        effect.Reset();
        return found;
    }

    private long FromSnapshot(HeldAssessment held)
    {
        if (!snapshot.Bind(1, held.Key).Bind(2, Encoding.Build).Step())
        {
            return 0;
        }

        var from = snapshot.Int64(0);
        var json = snapshot.Blob(1);
        held.Bytes += json.Length * HeldAssessment.MemoryPerJsonByte;
        held.State = Encoding.State(json);
        foreach (var kept in Encoding.Outcomes(snapshot.Blob(2)))
        {
            held.Remember(kept);
        }

        snapshot.Reset();
        return from;
    }

    private Stack<(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<KeptOutcome> Decided, int Bytes)> TurnsAfter(long head, long from)
    {
        var turns = new Stack<(IReadOnlyList<RecordedEvent>, IReadOnlyList<KeptOutcome>, int)>();
        for (var no = head; no != 0 && no != from;)
        {
            Turn(no);
            var events = turn.Blob(2);
            turns.Push((Encoding.Events(events), Encoding.Outcomes(turn.Blob(3)), events.Length));
            no = turn.Int64(0);
            turn.Reset();
        }

        return turns;
    }

    private (long No, long Version) Head(AssessmentId id)
    {
        if (!assessment.Bind(1, id.Value).Step())
        {
            return (0, 0);
        }

        var found = (assessment.Int64(3), assessment.Int64(1));
        assessment.Reset();
        return found;
    }

    private void Turn(long no)
    {
        if (!turn.Bind(1, no).Step())
        {
            throw Encoding.Damaged("a turn is missing");
        }

        if (turn.Int64OrNull(7) is { } sum
            && sum != TurnChecksum.Of(no, turn.Int64(6), turn.Int64(0), turn.Int64(1), turn.Blob(2), turn.Blob(3), turn.Int64(4), turn.Int64(5)))
        {
            turn.Reset();
            throw Encoding.Damaged(FormattableString.Invariant($"turn {no} has changed since it was written"));
        }
    }

    /// <summary>Whether the database file contains checksums of turns. A file that is only being checked may come from an earlier version
    /// of the hub, which did not store checksums.</summary>
    private static bool HasChecksums(Connection connection) => connection.Scalar("SELECT count(*) FROM pragma_table_info('turn') WHERE name = 'sum'") == "1";
}
