using System.Runtime.InteropServices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Writes extracts of assessments on the writer's thread. Search keys that an extract no longer has are deleted by the write that
/// replaces the extract.</summary>
internal sealed class ExtractWriter(Connection connection)
{
    private readonly Statement kept = connection.Prepare(
        """
        SELECT a.key, e.form, e.version, e.keys FROM assessment a LEFT JOIN extract e ON e.kind = ?1 AND e.assessment = a.key
        WHERE a.id = ?2
        """);

    private readonly Statement keep = connection.Prepare(
        """
        INSERT INTO extract (kind, assessment, form, version, keys, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (kind, assessment) DO UPDATE SET form = ?3, version = ?4, keys = ?5, body = ?6
        """);

    private readonly Statement addKey = connection.Prepare("INSERT OR IGNORE INTO extract_key (kind, key, assessment) VALUES (?1, ?2, ?3)");
    private readonly Statement dropKey = connection.Prepare("DELETE FROM extract_key WHERE kind = ?1 AND key = ?2 AND assessment = ?3");

    private readonly Statement through = connection.Prepare(
        "INSERT INTO extract_through (kind, form, turn) VALUES (?1, ?2, ?3) ON CONFLICT (kind) DO UPDATE SET form = ?2, turn = ?3");

    private readonly Statement other = connection.Prepare("DELETE FROM extract_through WHERE kind = ?1 AND form <> ?2");

    /// <summary>Called before extracts are written, to record that the extracts of this kind in any other format are no longer
    /// complete.</summary>
    internal void Begin(ExtractKind kind) => other.Bind(1, (long)kind.Number).Bind(2, (long)kind.Form).Run();

    internal void Keep(ExtractKind kind, Extract extract)
    {
        if (!kept.Bind(1, (long)kind.Number).Bind(2, extract.Case.Value).Step())
        {
            return;
        }

        var (assessment, form, version) = (kept.Int64(0), kept.Int64OrNull(1), kept.Int64OrNull(2));
        long[] before = form is null ? [] : MemoryMarshal.Cast<byte, long>(kept.Blob(3)).ToArray();
        kept.Reset();
        if (form == kind.Form && version > extract.Version)
        {
            return;
        }

        long[] keys = [.. extract.Keys.Select(key => unchecked((long)key)).Distinct()];
        keep.Bind(1, (long)kind.Number).Bind(2, assessment).Bind(3, (long)kind.Form).Bind(4, extract.Version)
            .Bind(5, MemoryMarshal.AsBytes<long>(keys).ToArray()).Bind(6, extract.Body.ToArray()).Run();
        foreach (var key in before.Except(keys))
        {
            dropKey.Bind(1, (long)kind.Number).Bind(2, key).Bind(3, assessment).Run();
        }

        foreach (var key in keys.Except(before))
        {
            addKey.Bind(1, (long)kind.Number).Bind(2, key).Bind(3, assessment).Run();
        }
    }

    internal void KeptThrough(ExtractKind kind, long turn) => through.Bind(1, (long)kind.Number).Bind(2, (long)kind.Form).Bind(3, turn).Run();
}

/// <summary>A request to store extracts.</summary>
internal sealed class ExtractRequest(ExtractKind kind, IReadOnlyList<Extract> extracts, long? turn) : WriteRequest<bool>
{
    internal override void Write(WriteGroup group)
    {
        group.Statements.Extracts.Begin(kind);
        foreach (var extract in extracts)
        {
            group.Statements.Extracts.Keep(kind, extract);
        }

        if (turn is { } through)
        {
            group.Statements.Extracts.KeptThrough(kind, through);
        }

        Answer = true;
    }
}
