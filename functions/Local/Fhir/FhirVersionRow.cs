using System.Globalization;
using System.Text.Json;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>A row of one version of a resource, with its checksum.</summary>
internal static class FhirVersionRow
{
    /// <summary>SQL for the columns that are read from the table of versions, which the query must name <c>v</c>.</summary>
    internal const string Columns = $"{Fixed}, v.sum, (SELECT group_concat(r.reader, ' ') FROM readers r WHERE r.type = v.type AND r.id = v.id)";

    /// <summary>SQL that selects every row of the table of versions.</summary>
    internal const string SelectAll = $"SELECT {Columns} FROM versions v";

    /// <summary>SQL that selects every row of a file that was made before there were checksums.</summary>
    internal const string SelectAllWithoutSums = $"SELECT {Fixed}, 0, NULL FROM versions v";

    private const string Fixed = "v.type, v.id, v.version, v.at, v.deleted, v.written_by, v.json, v.seq";

    /// <summary>Reads the version in a row and checks its checksum.</summary>
    /// <exception cref="InvalidDataException">The checksum does not match.</exception>
    internal static StoredResource Read(SqliteDataReader row)
    {
        var resource = Fields(row);
        return row.GetInt64(8) == Sum(resource) ? resource : throw new InvalidDataException($"fhir.db: {Damaged(resource)} Restore the newest backup.");
    }

    /// <summary>What is wrong with the row, or null if nothing is wrong.</summary>
    internal static string? Problem(SqliteDataReader row, bool hasSums)
    {
        for (var column = 0; column < 8; column++)
        {
            if (row.IsDBNull(column))
            {
                return "a row is damaged: a column must not be empty.";
            }
        }

        var resource = Fields(row);
        return hasSums ? (row.IsDBNull(8) || row.GetInt64(8) != Sum(resource) ? Damaged(resource) : null) : IsObject(resource.Json) ? null : Damaged(resource);
    }

    /// <summary>The checksum of the row without the list of callers who are allowed to read the resource, because callers are added to
    /// that list later.</summary>
    internal static long Sum(StoredResource resource) => RowChecksum.Of(
        [
            resource.Type, resource.Id, resource.Version.ToString(CultureInfo.InvariantCulture), resource.LastUpdated.UtcTicks.ToString(CultureInfo.InvariantCulture),
            resource.Deleted ? "1" : "0", resource.WrittenBy,
        ],
        resource.Json.ToArray());

    /// <summary>Adds checksums to a file that was made before there were checksums.</summary>
    internal static void AddSums(DataFile file)
    {
        file.Run("ALTER TABLE versions ADD COLUMN sum INTEGER NOT NULL DEFAULT 0");
        foreach (var sequence in file.Rows("SELECT seq FROM versions", row => row.GetInt64(0)))
        {
            var sum = file.Rows($"{SelectAll} WHERE v.seq = $0", row => Sum(Fields(row)), sequence).Single();
            file.Run("UPDATE versions SET sum = $1 WHERE seq = $0", sequence, sum);
        }
    }

    private static string Damaged(StoredResource resource) =>
        string.Create(CultureInfo.InvariantCulture, $"{resource.Type}/{resource.Id} version {resource.Version} is damaged.");

    private static StoredResource Fields(SqliteDataReader row) => new()
    {
        Type = row.GetString(0),
        Id = row.GetString(1),
        Version = row.GetInt64(2),
        LastUpdated = new DateTimeOffset(Math.Clamp(row.GetInt64(3), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
        Deleted = row.GetInt64(4) != 0,
        WrittenBy = row.GetString(5),
        Json = row.GetFieldValue<byte[]>(6),
        Sequence = row.GetInt64(7),
        Readers = row.IsDBNull(9) ? [] : row.GetString(9).Split(' '),
    };

    private static bool IsObject(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var read = JsonDocument.Parse(json);
            return read.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
