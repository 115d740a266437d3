namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// The sequence numbers of the messages that are available to the next receiver, lowest first. A number can be out of date (its message
/// expired or was moved), so the caller that takes a number checks it against the file. The class is not thread-safe.
/// </summary>
internal sealed class FreeMessages
{
    // Sequence numbers increase, so new messages are already in order; only returned messages need sorting.
    private readonly Queue<long> arrived = new();
    private readonly SortedSet<long> returned = [];
    private long last;

    internal bool IsEmpty => arrived.Count == 0 && returned.Count == 0;

    /// <summary>The lowest sequence number, or <see cref="long.MaxValue"/> if no message is available.</summary>
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

    /// <summary>Removes the lowest sequence number from the list and returns it. The result is false if no message is available.</summary>
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
