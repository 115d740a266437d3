using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The assessments in memory: those used last, bounded by number and by bytes. A reader that loaded one may offer it, and is refused
/// when a commit on it could have come between; the writer publishes without question.
/// </summary>
internal sealed class HeldAssessments(int most, long mostBytes)
{
    private const int Stripes = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, LinkedListNode<(AssessmentId Id, HeldAssessment Held, long Bytes)>> byId = [];
    private readonly LinkedList<(AssessmentId Id, HeldAssessment Held, long Bytes)> byUse = [];
    private readonly int[] commits = new int[Stripes];
    private long bytes;

    /// <summary>How many are held, and about how many bytes they take.</summary>
    internal (int Count, long Bytes) Size
    {
        get
        {
            lock (gate)
            {
                return (byId.Count, bytes);
            }
        }
    }

    internal HeldAssessment? Find(AssessmentId id)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Held;
        }
    }

    /// <summary>To be asked before a reader's transaction begins, and given back with <see cref="Offer"/>.</summary>
    internal int CommitsBefore(AssessmentId id) => Volatile.Read(ref commits[Stripe(id)]);

    /// <summary>Offers what a reader loaded.</summary>
    internal void Offer(AssessmentId id, HeldAssessment loaded, int commitsBefore)
    {
        lock (gate)
        {
            if (commits[Stripe(id)] == commitsBefore && !byId.ContainsKey(id))
            {
                Insert(id, loaded);
            }
        }
    }

    /// <summary>Puts in what the writer has just committed, in place of whatever is there.</summary>
    internal void Publish(AssessmentId id, HeldAssessment committed)
    {
        lock (gate)
        {
            Volatile.Write(ref commits[Stripe(id)], commits[Stripe(id)] + 1);
            if (byId.Remove(id, out var node))
            {
                byUse.Remove(node);
                bytes -= node.Value.Bytes;
            }

            Insert(id, committed);
        }
    }

    private static int Stripe(AssessmentId id) => (id.GetHashCode() & int.MaxValue) % Stripes;

    private void Insert(AssessmentId id, HeldAssessment held)
    {
        byId[id] = byUse.AddFirst((id, held, held.Bytes));
        bytes += held.Bytes;
        while ((byId.Count > most || bytes > mostBytes) && byUse.Last is { } oldest && byId.Count > 1)
        {
            byUse.RemoveLast();
            byId.Remove(oldest.Value.Id);
            bytes -= oldest.Value.Bytes;
        }
    }
}
