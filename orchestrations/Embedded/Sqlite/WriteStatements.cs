namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>All SQL statements that write to the database, each prepared only once.</summary>
internal sealed class WriteStatements(Connection connection)
{
    internal Statement Begin { get; } = connection.Prepare("BEGIN IMMEDIATE");

    internal Statement Commit { get; } = connection.Prepare("COMMIT");

    internal Statement Rollback { get; } = connection.Prepare("ROLLBACK");

    internal Statement NewAssessment { get; } = connection.Prepare("INSERT INTO assessment (key, id, version, wake_at, head, summary_is) VALUES (?1, ?2, 0, NULL, 0, 0)");

    internal Statement Assessment { get; } = connection.Prepare("UPDATE assessment SET version = ?2, wake_at = ?3, head = ?4, summary_is = ?5 WHERE key = ?1");

    /// <summary>Updates the row of an assessment whose wake-up time has not changed, without writing the index of wake-ups.</summary>
    internal Statement AssessmentWithSameWake { get; } = connection.Prepare("UPDATE assessment SET version = ?2, head = ?3, summary_is = ?4 WHERE key = ?1");

    internal Statement Turn { get; } = connection.Prepare(
        "INSERT INTO turn (no, assessment, previous, version, events, decided, first_effect, effects, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

    internal Statement Snapshot { get; } = connection.Prepare(
        "INSERT OR REPLACE INTO snapshot (assessment, turn, written_by, state, decided) VALUES (?1, ?2, ?3, ?4, ?5)");

    internal Statement Put { get; } = connection.Prepare("INSERT INTO inbox (no, assessment, delivery) VALUES (?1, ?2, ?3)");

    internal Statement Take { get; } = connection.Prepare("DELETE FROM inbox WHERE no = ?1");

    internal Statement NewEffect { get; } = connection.Prepare("INSERT INTO effect (no, body, created_at, attempts, due_at) VALUES (?1, ?2, ?3, 0, ?3)");

    internal Statement Attempt { get; } = connection.Prepare("UPDATE effect SET attempts = ?2, due_at = ?3, ended = ?4, detail = ?5 WHERE no = ?1");

    internal Statement OldAgencies { get; } = connection.Prepare("SELECT agencies FROM summary WHERE assessment = ?1");

    internal Statement Summary { get; } = connection.Prepare(
        """
        INSERT INTO summary (assessment, waiting_for, waiting_since, later_for, later_since, restricted_to, answers_awaited, last_asked,
            id, stage, open, case_officer, waiting_due, final_due, attention, agencies, later_from, later_due, received_on)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        ON CONFLICT (assessment) DO UPDATE SET waiting_for = ?2, waiting_since = ?3, later_for = ?4, later_since = ?5, restricted_to = ?6,
            answers_awaited = ?7, last_asked = ?8,
            stage = ?10, open = ?11, case_officer = ?12, waiting_due = ?13, final_due = ?14, attention = ?15, agencies = ?16, later_from = ?17, later_due = ?18,
            received_on = ?19
        """);

    /// <summary>Updates a row of the table <c>summary</c> in which no indexed value and no agency has changed, without writing its
    /// indexes.</summary>
    internal Statement SummaryWithSameIndexes { get; } = connection.Prepare(
        """
        UPDATE summary SET waiting_for = ?2, waiting_since = ?3, later_for = ?4, later_since = ?5, restricted_to = ?6, answers_awaited = ?7, last_asked = ?8
        WHERE assessment = ?1
        """);

    internal Statement NewAgency { get; } = connection.Prepare("INSERT OR IGNORE INTO agency (id) VALUES (?1)");

    internal Statement AgencyAsked { get; } = connection.Prepare(
        "INSERT OR IGNORE INTO agency_assessment (agency, id, assessment) VALUES ((SELECT no FROM agency WHERE id = ?1), ?2, ?3)");

    internal Statement AgencyNotAsked { get; } = connection.Prepare("DELETE FROM agency_assessment WHERE agency = (SELECT no FROM agency WHERE id = ?1) AND id = ?2");

    internal ExtractWriter Extracts { get; } = new(connection);
}
