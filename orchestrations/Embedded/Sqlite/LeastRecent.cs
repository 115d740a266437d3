using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Holds a value for each assessment, in the order in which the values were last used, with their sizes in bytes. The class is not
/// thread-safe.</summary>
internal sealed class LeastRecent<T>
    where T : class
{
    private readonly Dictionary<AssessmentId, LinkedListNode<(AssessmentId Id, T Value, long Bytes)>> byId = [];
    private readonly LinkedList<(AssessmentId Id, T Value, long Bytes)> byUse = [];

    internal int Count => byId.Count;

    internal long Bytes { get; private set; }

    internal bool Contains(AssessmentId id) => byId.ContainsKey(id);

    internal T? Peek(AssessmentId id) => byId.TryGetValue(id, out var node) ? node.Value.Value : null;

    internal T? Find(AssessmentId id)
    {
        if (!byId.TryGetValue(id, out var node))
        {
            return null;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value.Value;
    }

    internal void Put(AssessmentId id, T value, long bytes)
    {
        if (byId.TryGetValue(id, out var node))
        {
            Bytes -= node.Value.Bytes;
            node.Value = (id, value, bytes);
            byUse.Remove(node);
            byUse.AddFirst(node);
        }
        else
        {
            byId.Add(id, byUse.AddFirst((id, value, bytes)));
        }

        Bytes += bytes;
    }

    internal void Remove(AssessmentId id)
    {
        if (byId.Remove(id, out var node))
        {
            byUse.Remove(node);
            Bytes -= node.Value.Bytes;
        }
    }

    internal (AssessmentId Id, T Value) RemoveOldest()
    {
        var (id, value, _) = byUse.Last!.Value;
        Remove(id);
        return (id, value);
    }
}
