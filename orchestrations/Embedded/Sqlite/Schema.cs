namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The tables in the hub's database file, and the migrations that bring an older file up to date. The file's <c>user_version</c> is the
/// number of migrations that have been done. Each migration and the update of user_version are one transaction, so a file is never between
/// two versions.
/// </summary>
/// <remarks>
/// The tables are laid out like a log. Each <c>turn</c> is a new row at the end of the table <c>turn</c>, linked to the assessment's
/// previous <c>turn</c>; only the small row in the table <c>assessment</c> is changed in place. Turns of different assessments therefore
/// share database pages, and a commit of many turns writes few pages. The events are the authoritative record; the table <c>snapshot</c>
/// only makes reading them faster, and the tables <c>summary</c> and <c>extract</c> only serve lists and searches. Times are .NET ticks of
/// UTC (100 ns since year 1), days are .NET day numbers, and bodies are JSON in UTF-8.
/// </remarks>
internal static class Schema
{
    /// <summary>"EHCh": distinguishes the hub's files from other SQLite files.</summary>
    internal const int ApplicationId = 0x45484368;

    /// <summary>All migrations, in order. Entry n upgrades a file from version n to n + 1, and is never changed once released.</summary>
    internal static readonly IReadOnlyList<string> Migrations =
    [
        """
        CREATE TABLE assessment (
            key         INTEGER PRIMARY KEY,
            id          TEXT    NOT NULL UNIQUE,
            version     INTEGER NOT NULL,
            wake_at     INTEGER,
            head        INTEGER NOT NULL,   -- its newest turn; 0 before the first
            summary_is  INTEGER NOT NULL    -- fingerprint of its summary row
        ) STRICT;

        CREATE TABLE turn (
            no            INTEGER PRIMARY KEY,
            assessment    INTEGER NOT NULL,
            previous      INTEGER NOT NULL,   -- the turn before it of the same assessment; 0 for none
            version       INTEGER NOT NULL,   -- the assessment's version after it
            events        BLOB,               -- RecordedEvent[]
            decided       BLOB,               -- what became of each delivery, for the assessment's life
            first_effect  INTEGER NOT NULL,
            effects       INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE snapshot (
            assessment  INTEGER PRIMARY KEY,
            turn        INTEGER NOT NULL,
            written_by  TEXT    NOT NULL,     -- build of Core: another build replays the events
            state       BLOB    NOT NULL,
            decided     BLOB
        ) STRICT;

        CREATE TABLE inbox (
            no          INTEGER PRIMARY KEY,
            assessment  INTEGER NOT NULL,
            delivery    BLOB    NOT NULL
        ) STRICT;
        CREATE INDEX inbox_assessment ON inbox (assessment);

        CREATE TABLE effect (
            no          INTEGER PRIMARY KEY,
            body        BLOB    NOT NULL,     -- OutboxEffect
            created_at  INTEGER NOT NULL,
            attempts    INTEGER NOT NULL,
            due_at      INTEGER,              -- null once it has ended
            ended       INTEGER,              -- EffectEnd
            detail      TEXT
        ) STRICT;
        CREATE INDEX effect_due ON effect (due_at) WHERE due_at IS NOT NULL;

        CREATE TABLE summary (
            assessment     INTEGER PRIMARY KEY,
            id             TEXT    NOT NULL UNIQUE,
            stage          INTEGER NOT NULL,
            open           INTEGER NOT NULL,
            received_on    INTEGER NOT NULL,
            case_officer   TEXT,
            waiting_for    TEXT    NOT NULL,
            waiting_since  INTEGER,
            waiting_due    INTEGER,
            final_due      INTEGER NOT NULL,
            attention      INTEGER NOT NULL,
            agencies       TEXT    NOT NULL   -- separated by blanks
        ) STRICT;

        CREATE TABLE agency (
            no  INTEGER PRIMARY KEY,
            id  TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE agency_assessment (
            agency      INTEGER NOT NULL,
            id          TEXT    NOT NULL,
            assessment  INTEGER NOT NULL,
            PRIMARY KEY (agency, id)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        -- The lists read the open assessments in order of id, and read the row itself only if all other conditions are met.
        CREATE INDEX summary_open ON summary (id, stage, waiting_due, final_due, attention) WHERE open = 1;
        CREATE INDEX summary_attention ON summary (id) WHERE attention > 0;
        CREATE INDEX summary_officer ON summary (case_officer, id) WHERE case_officer IS NOT NULL;
        """,
        """
        -- The waiting rows of each assessment are listed in memory instead.
        DROP INDEX inbox_assessment;
        """,
        """
        -- What a case will be waiting for from a later day on, so that the lists agree with the case on every day.
        ALTER TABLE summary ADD COLUMN later_from INTEGER;
        ALTER TABLE summary ADD COLUMN later_for TEXT;
        ALTER TABLE summary ADD COLUMN later_since INTEGER;
        ALTER TABLE summary ADD COLUMN later_due INTEGER;
        DROP INDEX summary_open;
        CREATE INDEX summary_open ON summary (id, stage, waiting_due, final_due, attention, later_from, later_due) WHERE open = 1;
        -- Cases whose draft is with the family (stage 3) are woken once, so that their rows get the new columns.
        UPDATE assessment SET wake_at = 1 WHERE key IN (SELECT assessment FROM summary WHERE stage = 3);
        """,
        """
        -- Checksum of the turn (TurnSum), or null for turns written before checksums were introduced.
        ALTER TABLE turn ADD COLUMN sum INTEGER;
        """,
        """
        -- The only people who may see the case, one in each line, or null if the case is not restricted.
        ALTER TABLE summary ADD COLUMN restricted_to TEXT;
        """,
        """
        -- The number of answers still awaited from organisations, and the last day on which an organisation was asked that may still give or correct its
        -- answer. With these columns, an organisation's list need not read every plan for which it was ever asked.
        ALTER TABLE summary ADD COLUMN answers_awaited INTEGER;
        ALTER TABLE summary ADD COLUMN last_asked INTEGER;
        -- Issued plans (stage 5) for which several organisations were asked are woken once, so that their rows get the new columns.
        UPDATE assessment SET wake_at = 1 WHERE key IN (SELECT assessment FROM summary WHERE stage = 5 AND instr(agencies, ' ') > 0);
        """,
        """
        -- Wake-ups in order of time, each with its case, so that a start reads only those of the next day.
        CREATE INDEX assessment_wake ON assessment (wake_at, id) WHERE wake_at IS NOT NULL;
        """,
        """
        -- The data of each case that searches and lists need (IExtractStore), which the hub extracts from the case and deletes with it.
        CREATE TABLE extract (
            kind        INTEGER NOT NULL,
            assessment  INTEGER NOT NULL,
            form        INTEGER NOT NULL,
            version     INTEGER NOT NULL,   -- the assessment's version from which it was made
            keys        BLOB    NOT NULL,   -- those under which it is in extract_key, 8 bytes each
            body        BLOB    NOT NULL,
            PRIMARY KEY (kind, assessment)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_key (
            kind        INTEGER NOT NULL,
            key         INTEGER NOT NULL,
            assessment  INTEGER NOT NULL,
            PRIMARY KEY (kind, key, assessment)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extract_through (
            kind  INTEGER PRIMARY KEY,
            form  INTEGER NOT NULL,
            turn  INTEGER NOT NULL           -- the turn up to which every assessment has its extract
        ) STRICT;
        """,
    ];

    /// <summary>Upgrades the file to the version that this build needs.</summary>
    /// <exception cref="StoreUnavailableException">The file is not a database of the hub, or was written by a newer version of the
    /// hub.</exception>
    internal static void Upgrade(Connection connection, IReadOnlyList<string> migrations)
    {
        var version = int.Parse(connection.Scalar("PRAGMA user_version")!, System.Globalization.CultureInfo.InvariantCulture);
        var application = connection.Scalar("PRAGMA application_id");
        var isNew = version == 0 && connection.Scalar("SELECT count(*) FROM sqlite_schema") == "0";
        if (!isNew && application != FormattableString.Invariant($"{ApplicationId}"))
        {
            throw new StoreUnavailableException(StoreFault.Corrupt, "The file is an SQLite database, but not a database of the hub.");
        }

        if (version > migrations.Count)
        {
            throw new StoreUnavailableException(
                StoreFault.NewerSchema,
                FormattableString.Invariant($"A newer version of the hub wrote this database (schema {version}; this build supports up to {migrations.Count}). Run the newer version, or restore a backup from before the upgrade."));
        }

        for (var next = version; next < migrations.Count; next++)
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                connection.Execute(migrations[next]);
                connection.Execute(FormattableString.Invariant($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1}"));
                connection.Execute("COMMIT");
            }
            catch (StoreUnavailableException)
            {
                if (connection.InTransaction)
                {
                    connection.Execute("ROLLBACK");
                }

                throw;
            }
        }
    }
}
