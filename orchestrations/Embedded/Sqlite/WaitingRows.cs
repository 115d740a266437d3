using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The waiting inbox rows of each assessment, in the order in which they were added. The rows are held in memory, because few rows wait at
/// any time and the next commit removes nearly every row. An index of these rows in the file would cost two further writes for each row.
/// </summary>
internal sealed class WaitingRows
{
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, long[]> rows = [];

    /// <summary>Records the rows of an assessment that are waiting now.</summary>
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

    /// <summary>Adds a waiting row that was found at start-up.</summary>
    internal void Add(AssessmentId id, long no) => rows[id] = [.. Of(id), no];

    internal IReadOnlyList<long> Of(AssessmentId id)
    {
        lock (gate)
        {
            return rows.GetValueOrDefault(id, []);
        }
    }
}
