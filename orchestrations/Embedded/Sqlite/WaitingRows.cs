using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The waiting inbox rows of each assessment, in the order in which they came. In memory, because few wait at any time and
/// nearly every one is taken again by the next commit: an index in the file would be written twice for each.
/// </summary>
internal sealed class WaitingRows
{
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, long[]> rows = [];

    /// <summary>Sets the present rows of an assessment.</summary>
    internal void Set(AssessmentId id, List<WaitingDelivery> inbox)
    {
        lock (gate)
        {
            if (inbox.Count == 0)
            {
                rows.Remove(id);
            }
            else
            {
                rows[id] = [.. inbox.Select(w => w.No)];
            }
        }
    }

    /// <summary>Adds a row found at the start.</summary>
    internal void Add(AssessmentId id, long no) => rows[id] = [.. Of(id), no];

    internal IReadOnlyList<long> Of(AssessmentId id)
    {
        lock (gate)
        {
            return rows.GetValueOrDefault(id, []);
        }
    }
}
