using System.Text;
using System.Text.RegularExpressions;
using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>
/// Erases the data about a person from the FHIR file, while no hub uses the file. Each resource that names the person, or refers to such
/// a resource, is erased in all versions, together with its search entries, the list of callers who are allowed to read it, and its change
/// notices. The submissions in which the erased resources arrived are also erased, and so are the rows of the tables <c>once</c> and
/// <c>places</c> that contain their ids.
/// </summary>
internal static partial class FhirErasure
{
    /// <summary>Erases the person's data, then rewrites the file and its write-ahead log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isAbout">Returns whether a resource's bytes contain data about the person.</param>
    /// <returns>How many resources were erased.</returns>
    /// <exception cref="SqliteException">The file cannot be written to.</exception>
    internal static int Run(string path, Func<byte[], bool> isAbout)
    {
        using var file = DataFile.Open(path, FhirTables.Migrations);
        file.Run("PRAGMA secure_delete = ON");
        file.Run("BEGIN IMMEDIATE");
        var erased = Erased(file, isAbout);
        foreach (var reference in erased)
        {
            var (type, id) = (reference.Split('/')[0], reference.Split('/')[1]);
            file.Run(
                "UPDATE stored SET versions = versions - (SELECT count(*) FROM versions v WHERE v.type = $0 AND v.id = $1 AND v.written_by = stored.by), bytes = bytes - (SELECT coalesce(sum(length(v.json)), 0) FROM versions v WHERE v.type = $0 AND v.id = $1 AND v.written_by = stored.by)",
                type, id);
            foreach (var table in new[] { "versions", "current", "readers", "entries", "news" })
            {
                file.Run($"DELETE FROM {table} WHERE type = $0 AND id = $1", type, id);
            }
        }

        var ids = erased.Select(reference => reference.Split('/')[1]).ToHashSet(StringComparer.Ordinal);
        foreach (var (number, by, size) in file.Rows("SELECT n, sent_by, bytes FROM received", row => (row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)))
            .Where(one => isAbout(one.Item3) || IsNamed(Encoding.UTF8.GetString(one.Item3))).Select(one => (one.Item1, one.Item2, one.Item3.Length)))
        {
            file.Run("UPDATE stored SET bytes = bytes - $1 WHERE by = $0", by, size);
            file.Run("DELETE FROM received WHERE n = $0", number);
        }

        foreach (var (table, column) in new[] { ("once", "key"), ("places", "name") })
        {
            foreach (var name in file.Rows($"SELECT {column} FROM {table}", row => row.GetString(0)).Where(name => IsNamed(name) || isAbout(Encoding.UTF8.GetBytes(name))))
            {
                file.Run($"DELETE FROM {table} WHERE {column} = $0", name);
            }
        }

        file.Run("COMMIT");
        file.Run("VACUUM");
        file.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return erased.Count;

        bool IsNamed(string text) => Id().Matches(text).Any(found => ids.Contains(found.Value));
    }

    /// <summary>The references (type/id) of all resources that are to be erased.</summary>
    private static HashSet<string> Erased(DataFile file, Func<byte[], bool> isAbout)
    {
        var resources = file.Rows("SELECT type || '/' || id, json FROM versions", row => (Reference: row.GetString(0), Json: row.GetFieldValue<byte[]>(1)))
            .GroupBy(version => version.Reference)
            .Select(versions => (Reference: versions.Key, IsTheirs: versions.Any(one => isAbout(one.Json)),
                RefersTo: versions.SelectMany(one => Reference().Matches(Encoding.UTF8.GetString(one.Json)).Select(found => found.Groups["reference"].Value)).ToHashSet(StringComparer.Ordinal))).ToList();
        var erased = resources.Where(one => one.IsTheirs).Select(one => one.Reference).ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before < erased.Count;)
        {
            before = erased.Count;
            foreach (var one in resources.Where(one => !erased.Contains(one.Reference) && one.RefersTo.Overlaps(erased) && !one.RefersTo.Any(IsOfAnother)))
            {
                erased.Add(one.Reference);
            }

            // Binaries have no subject, so they are erased with the person's resources that refer to them.
            erased.UnionWith(resources.Where(one => erased.Contains(one.Reference)).SelectMany(one => one.RefersTo).Where(one => one.StartsWith("Binary/", StringComparison.Ordinal)).ToList());
        }

        return erased;

        bool IsOfAnother(string reference) => reference.StartsWith("Patient/", StringComparison.Ordinal) && !erased.Contains(reference);
    }

    [GeneratedRegex("\"(?<reference>[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(/_history/[0-9]+)?\"")]
    private static partial Regex Reference();

    [GeneratedRegex("[A-Za-z0-9.-]{1,64}")]
    private static partial Regex Id();
}
