using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// Prepares the file when it is opened: queues and subscriptions get their numbers, and every message becomes available. A receiver that
/// held a message when the process ended lost its connection. The message did not cause the loss of the connection, so no failed delivery
/// is counted.
/// </summary>
internal static class Recovery
{
    internal static void Recover(DataFile file, Topology topology, Deliveries deliveries)
    {
        var notices = new Notices();
        file.Run("BEGIN IMMEDIATE");
        foreach (var messageQueue in topology.Queues)
        {
            file.Run("INSERT INTO room (path) VALUES ($0) ON CONFLICT DO NOTHING", messageQueue.Path);
            messageQueue.Id = (long)file.Scalar("SELECT id FROM room WHERE path = $0", messageQueue.Path)!;
            // If a queue or subscription was not configured for a while (see DueWork), the due times of its messages are restored.
            file.Run(
                """
                UPDATE message SET due = COALESCE(scheduled, expires)
                WHERE room = $0 AND dead_source IS NULL AND due IS NOT COALESCE(scheduled, expires)
                """,
                messageQueue.Id);
            foreach (var (sequenceNumber, session) in file.Rows(
                "SELECT seq, session_id FROM message WHERE room = $0 AND status = 0 ORDER BY seq",
                row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)), messageQueue.Id))
            {
                deliveries.Arrive(messageQueue, session, sequenceNumber, notices);
            }
        }

        file.Run("COMMIT");
    }
}
