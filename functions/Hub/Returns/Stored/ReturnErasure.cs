using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsvHelper;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Returns.Stored;

/// <summary>
/// Removes persons from the stored SEN2 returns of a council: from the XML, the tables, the list of persons and the list of faults. The
/// figures in the description of the return are not changed, because they have already been reported. The description records how many
/// persons were removed and the hash of the remaining XML.
/// </summary>
/// <param name="documents">The store in which the returns are stored.</param>
public sealed class ReturnErasure(IDocumentStore documents)
{
    private static readonly string PersonKey = Sen2Csv.KeyOf(Sen2Layout.Newest.Blocks.Single(block => block.Name == "Person"));

    /// <summary>Removes every person all of whose cases have been erased.</summary>
    /// <returns>How many returns were changed.</returns>
    /// <exception cref="IOException">A return cannot be read or written.</exception>
    public async Task<int> RunAsync(LocalAuthorityCode council, IReadOnlySet<string> cases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var listed = await documents.ListAsync($"{council}/sen2/", cancellationToken);
        var changed = 0;
        foreach (var description in (listed.Outcome == KeepingOutcome.Missing ? [] : Value(listed)).Where(name => name.EndsWith("/return.json", StringComparison.Ordinal)).ToList())
        {
            changed += await OneAsync(description[..^"return.json".Length], cases, cancellationToken) ? 1 : 0;
        }

        return changed;
    }

    private async Task<bool> OneAsync(string folder, IReadOnlySet<string> cases, CancellationToken cancellationToken)
    {
        var lines = Lines(await ReadAsync("persons.jsonl"));
        var gone = lines.Select((line, n) => (Person: JsonSerializer.Deserialize<StoredPerson>(line, StoredReturn.Json)!, n))
            .Where(one => one.Person.Cases.All(cases.Contains)).Select(one => one.n).ToHashSet();
        var faults = Lines(await ReadAsync("faults.jsonl"));
        var left = faults.Where(line => !cases.Contains(JsonSerializer.Deserialize<StoredFault>(line, StoredReturn.Json)!.Case)).ToList();
        if (gone.Count == 0 && left.Count == faults.Count)
        {
            return false;
        }

        var xml = WithoutPersons(await ReadAsync("sen2.xml"), gone);
        var kept = JsonSerializer.Deserialize<StoredReturn>(await ReadAsync("return.json"), StoredReturn.Json)!;
        await WriteAsync("tables.zip", Tables(await ReadAsync("tables.zip"), gone));
        await WriteAsync("faults.jsonl", Joined(left));
        await WriteAsync("sen2.xml", xml);
        await WriteAsync("return.json", JsonSerializer.SerializeToUtf8Bytes(kept with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(xml)), Erased = (kept.Erased ?? 0) + gone.Count }, StoredReturn.Json));

        // The list of persons is written last, so that a second run after an interruption still finds the persons to be erased.
        await WriteAsync("persons.jsonl", Joined(lines.Where((_, n) => !gone.Contains(n))));
        return true;

        async Task<byte[]> ReadAsync(string file) => Value(await documents.ReadAsync(folder + file, cancellationToken)).Bytes;

        async Task WriteAsync(string file, byte[] bytes)
        {
            var read = Value(await documents.ReadAsync(folder + file, cancellationToken));
            _ = Value(await documents.ReplaceAsync(folder + file, bytes, "application/octet-stream", read.ETag, cancellationToken));
        }
    }

    private static byte[] WithoutPersons(byte[] xml, HashSet<int> gone)
    {
        using var source = new MemoryStream(xml);
        var document = XDocument.Load(source);
        var persons = document.Root!.Elements().Single(one => one.Name.LocalName == "Persons").Elements().ToList();

        // An interrupted run may already have removed these people, in which case the XML has that many fewer people.
        if (gone.Count > 0 && persons.Count > gone.Max())
        {
            persons.Where((_, n) => gone.Contains(n)).Remove();
        }

        using var written = new MemoryStream();
        document.Save(written);
        return written.ToArray();
    }

    private static byte[] Tables(byte[] zip, HashSet<int> gone)
    {
        using var source = new ZipArchive(new MemoryStream(zip));
        var removed = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase) { [PersonKey] = [.. gone.Select(n => (n + 1).ToString(CultureInfo.InvariantCulture))] };
        using var written = new MemoryStream();
        using (var target = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The tables are in the order of the layout, so each table follows the table that contains the parents of its rows.
            foreach (var entry in source.Entries)
            {
                using var rows = new CsvParser(new StreamReader(entry.Open()), Sen2Csv.Form);
                using var csv = new CsvWriter(new StreamWriter(target.CreateEntry(entry.FullName).Open(), new UTF8Encoding(false)), Sen2Csv.Form);
                string[]? header = null;
                while (rows.Read())
                {
                    var row = rows.Record!;
                    header ??= row;
                    if (ReferenceEquals(header, row) || !IsRemoved(header, row))
                    {
                        Array.ForEach(row, csv.WriteField);
                        csv.NextRecord();
                    }
                }
            }
        }

        return written.ToArray();

        bool IsRemoved(string[] header, string[] row)
        {
            var isRemoved = header.Take(2).Where((column, n) => n < row.Length && removed.TryGetValue(column, out var keys) && keys.Contains(row[n])).Any();
            if (isRemoved)
            {
                (removed.TryGetValue(header[0], out var own) ? own : removed[header[0]] = []).Add(row[0]);
            }

            return isRemoved;
        }
    }

    private static IReadOnlyList<string> Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static T Value<T>(StoreResult<T> kept) => kept.Succeeded ? kept.Value : throw new IOException(kept.Reason);
}
