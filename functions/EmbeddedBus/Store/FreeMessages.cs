namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Sequence numbers of messages that the next receiver may have, the lowest first. A number may be stale (its message expired, or was
/// moved): the caller that takes it checks the file, and drops it there. Not safe for several threads.
/// </summary>
internal sealed class FreeMessages
{
    // Numbers rise, so what arrives is already in order; only what comes back needs sorting.
    private readonly Queue<long> arrived = new();
    private readonly SortedSet<long> returned = [];
    private long last;

    internal bool IsEmpty => arrived.Count == 0 && returned.Count == 0;

    /// <summary>The number that is taken next; <see cref="long.MaxValue"/> when there is none.</summary>
    internal long First => Math.Min(arrived.Count > 0 ? arrived.Peek() : long.MaxValue, returned.Count > 0 ? returned.Min : long.MaxValue);

    internal void Add(long sequenceNumber)
    {
        if (sequenceNumber > last)
        {
            arrived.Enqueue(sequenceNumber);
            last = sequenceNumber;
        }
        else
        {
            returned.Add(sequenceNumber);
        }
    }

    /// <summary>Takes the first; false when there is none.</summary>
    internal bool TryTake(out long sequenceNumber)
    {
        sequenceNumber = First;
        if (sequenceNumber == long.MaxValue)
        {
            return false;
        }

        if (!returned.Remove(sequenceNumber))
        {
            arrived.Dequeue();
        }

        return true;
    }
}
