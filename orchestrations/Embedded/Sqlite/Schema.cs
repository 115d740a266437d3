namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The tables, and how an older file is brought up to date. The file's <c>user_version</c> counts the migrations behind it; each runs in
/// one transaction with its count, so a file is never between two versions.
/// </summary>
/// <remarks>
/// The layout is a log. A turn is one row at the end of <c>turn</c>, linked to the turn before it of the same assessment; the one row
/// changed in place is the small <c>assessment</c>. So turns of different assessments share pages, and a commit of many writes few pages.
/// Events are the truth; <c>snapshot</c> only shortens reading them, <c>summary</c> and <c>extract</c> only serve lists and searches.
/// Instants are .NET ticks of UTC (100 ns since year 1), days are .NET day numbers, bodies are JSON in UTF-8.
/// </remarks>
internal static class Schema
{
    /// <summary>"EHCh": distinguishes the hub's files from other SQLite files.</summary>
    internal const int ApplicationId = 0x45484368;

    /// <summary>In order; entry n leads from version n to n + 1. Never changed once released.</summary>
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
        -- The lists read the open assessments in order of id and look at the row only where everything else fits.
        CREATE INDEX summary_open ON summary (id, stage, waiting_due, final_due, attention) WHERE open = 1;
        CREATE INDEX summary_attention ON summary (id) WHERE attention > 0;
        CREATE INDEX summary_officer ON summary (case_officer, id) WHERE case_officer IS NOT NULL;
        """,
        """
        -- Which rows wait for an assessment is kept in memory.
        DROP INDEX inbox_assessment;
        """,
        """
        -- What a case waits for from a later day on: lists say on each day what the case says.
        ALTER TABLE summary ADD COLUMN later_from INTEGER;
        ALTER TABLE summary ADD COLUMN later_for TEXT;
        ALTER TABLE summary ADD COLUMN later_since INTEGER;
        ALTER TABLE summary ADD COLUMN later_due INTEGER;
        DROP INDEX summary_open;
        CREATE INDEX summary_open ON summary (id, stage, waiting_due, final_due, attention, later_from, later_due) WHERE open = 1;
        -- Cases whose draft is with the family (stage 3) are looked at once, so that their rows say it too.
        UPDATE assessment SET wake_at = 1 WHERE key IN (SELECT assessment FROM summary WHERE stage = 3);
        """,
        """
        -- Checksum of the turn (TurnSum); null for turns from before there was one.
        ALTER TABLE turn ADD COLUMN sum INTEGER;
        """,
        """
        -- The only people who may see the case, each in a line of its own; null where it is not restricted.
        ALTER TABLE summary ADD COLUMN restricted_to TEXT;
        """,
        """
        -- Answers that organisations owe, and the last day on which one was asked that may still give or correct its answer: an organisation's list does
        -- not read every plan for which it was ever asked.
        ALTER TABLE summary ADD COLUMN answers_awaited INTEGER;
        ALTER TABLE summary ADD COLUMN last_asked INTEGER;
        -- Issued plans (stage 5) in which several were asked are looked at once, so that their rows say it too.
        UPDATE assessment SET wake_at = 1 WHERE key IN (SELECT assessment FROM summary WHERE stage = 5 AND instr(agencies, ' ') > 0);
        """,
        """
        -- Wake-ups in the order of their instants, each with its case: a start reads those of the next day only.
        CREATE INDEX assessment_wake ON assessment (wake_at, id) WHERE wake_at IS NOT NULL;
        """,
        """
        -- What searches and lists need of each case (IExtractStore), made by the hub from the case and deleted with it.
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

    /// <summary>Brings the file to the version that this build needs.</summary>
    /// <exception cref="StoreUnavailableException">It is not a file of the hub, or a newer hub wrote it.</exception>
    internal static void Upgrade(Connection connection, IReadOnlyList<string> migrations)
    {
        var version = int.Parse(connection.Scalar("PRAGMA user_version")!, System.Globalization.CultureInfo.InvariantCulture);
        var application = connection.Scalar("PRAGMA application_id");
        var isNew = version == 0 && connection.Scalar("SELECT count(*) FROM sqlite_schema") == "0";
        if (!isNew && application != FormattableString.Invariant($"{ApplicationId}"))
        {
            throw new StoreUnavailableException(StoreFault.Corrupt, "The file is a SQLite database, but not one of the hub.");
        }

        if (version > migrations.Count)
        {
            throw new StoreUnavailableException(
                StoreFault.NewerSchema,
                FormattableString.Invariant($"A newer hub wrote this database (schema {version}; this build supports up to {migrations.Count}). Run that version, or restore the backup from before its upgrade."));
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
