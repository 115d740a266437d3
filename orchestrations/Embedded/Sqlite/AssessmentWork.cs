using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>The changes that one group of requests makes to one assessment. The in-memory assessment is changed only after the group has
/// been committed durably.</summary>
internal sealed class AssessmentWork(AssessmentId id, HeldAssessment held)
{
    private readonly List<KeptOutcome> outcomes = [];
    private readonly List<WaitingDelivery> arrived = [];
    private readonly List<long> taken = [];
    private long key = held.Key;
    private AssessmentState state = held.State;
    private DateTimeOffset? wakeAt = held.WakeAt;
    private long head = held.Head;
    private SummaryFingerprints summaryIs = held.SummaryFingerprints;
    private AssessmentSummary? summary;
    private (long Turn, byte[] State)? snapshot;
    private long bytes;
    private bool turned;

    internal InboxReceipt Put(WriteGroup group, Delivery delivery, byte[] body)
    {
        if (OutcomeOf(delivery.MessageId) is { } outcome)
        {
            return new InboxReceipt(false, outcome);
        }

        if (Waiting(delivery.MessageId) is not null)
        {
            return new InboxReceipt(false, null);
        }

        EnsureKey(group);
        var no = group.NextInbox();
        group.Statements.Put.Bind(1, no).Bind(2, key).Bind(3, body).Run();
        arrived.Add(new WaitingDelivery(no, delivery));
        bytes += body.Length * HeldAssessment.MemoryPerJsonByte;
        return new InboxReceipt(true, null);
    }

    /// <returns>False if another turn of the assessment was committed first, in which case nothing was written.</returns>
    internal bool Commit(WriteGroup group, CommitRequest request)
    {
        var turn = request.Turn;
        if (turn.ExpectedVersion != state.Version || IsDecided(turn.Decided))
        {
            return false;
        }

        EnsureKey(group);
        if (request.Events is not null || request.Decided is not null)
        {
            WriteTurn(group, request);
        }

        foreach (var decided in turn.Decided)
        {
            if (Waiting(decided.Delivery.MessageId) is { } waiting)
            {
                group.Statements.Take.Bind(1, waiting).Run();
                taken.Add(waiting);
            }

            outcomes.Add(new KeptOutcome(decided.Delivery.MessageId, decided.Outcome));
        }

        state = turn.State;
        wakeAt = turn.WakeAt;
        summary = turn.State.Version == 0 ? null : turn.Summary;
        bytes += (request.Events?.Length ?? 0) * HeldAssessment.MemoryPerJsonByte;
        turned = true;
        return true;
    }

    /// <summary>Writes those rows of the assessment that are written only once for each group of requests, even if the group
    /// contains several turns.</summary>
    internal void Finish(WriteGroup group)
    {
        if (!turned)
        {
            return;
        }

        if (summary is not null)
        {
            summaryIs = SummaryRow.Write(group.Statements, key, summary, summaryIs);
        }

        if (wakeAt == held.WakeAt)
        {
            group.Statements.AssessmentWithSameWake.Bind(1, key).Bind(2, state.Version).Bind(3, head).Bind(4, summaryIs.All).Run();
        }
        else
        {
            group.Statements.Assessment.Bind(1, key).Bind(2, state.Version).Bind(3, wakeAt?.UtcTicks).Bind(4, head).Bind(5, summaryIs.All).Run();
        }

        if (snapshot is var (turn, json))
        {
            // It does no harm if the snapshot includes outcomes of later turns, because the loader reads those turns again.
            KeptOutcome[] all = [.. held.Outcomes.Select(o => new KeptOutcome(o.Key, o.Value)), .. outcomes];
            group.Statements.Snapshot.Bind(1, key).Bind(2, turn).Bind(3, Encoding.Build).Bind(4, json).Bind(5, Encoding.Outcomes(all)).Run();
        }
    }

    /// <summary>Called after the group has been committed, to update the in-memory assessment with the changes that were written.</summary>
    internal HeldAssessment Publish()
    {
        lock (held.Gate)
        {
            held.Key = key;
            held.State = state;
            held.WakeAt = wakeAt;
            held.Head = head;
            held.SummaryFingerprints = summaryIs;
            held.Bytes += bytes;
            foreach (var outcome in outcomes)
            {
                held.Remember(outcome);
            }

            held.Inbox.AddRange(arrived);
            if (taken.Count > 0)
            {
                held.Inbox.RemoveAll(w => taken.Contains(w.No));
            }

            return held;
        }
    }

    private void WriteTurn(WriteGroup group, CommitRequest request)
    {
        var no = group.NextTurn();
        var at = request.Turn.Events.Count > 0 ? request.Turn.Events[0].At : (DateTimeOffset?)null;
        var first = group.NewEffects(request, at);
        group.Statements.Turn
            .Bind(1, no).Bind(2, key).Bind(3, head).Bind(4, request.Turn.State.Version).Bind(5, request.Events).Bind(6, request.Decided)
            .Bind(7, first).Bind(8, request.Effects.Length)
            .Bind(9, TurnChecksum.Of(no, key, head, request.Turn.State.Version, request.Events, request.Decided, first, request.Effects.Length)).Run();
        head = no;
        snapshot = request.Snapshot is { } json ? (no, json) : snapshot;
    }

    private void EnsureKey(WriteGroup group)
    {
        if (key == 0)
        {
            key = group.NextKey();
            group.Statements.NewAssessment.Bind(1, key).Bind(2, id.Value).Run();
        }
    }

    private Outcome? OutcomeOf(string messageId)
    {
        if (held.Outcomes.TryGetValue(messageId, out var kept))
        {
            return kept;
        }

        foreach (var outcome in outcomes)
        {
            if (outcome.MessageId == messageId)
            {
                return outcome.Outcome;
            }
        }

        return null;
    }

    private bool IsDecided(IReadOnlyList<DecidedDelivery> deliveries)
    {
        for (var n = 0; n < deliveries.Count; n++)
        {
            if (OutcomeOf(deliveries[n].Delivery.MessageId) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private long? Waiting(string messageId) => WaitingIn(held.Inbox, messageId) ?? WaitingIn(arrived, messageId);

    private long? WaitingIn(List<WaitingDelivery> deliveries, string messageId)
    {
        foreach (var waiting in deliveries)
        {
            if (waiting.Delivery.MessageId == messageId && !taken.Contains(waiting.No))
            {
                return waiting.No;
            }
        }

        return null;
    }
}
