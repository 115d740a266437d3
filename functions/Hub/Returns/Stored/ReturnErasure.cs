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
        var people = lines.Select(line => JsonSerializer.Deserialize<StoredPerson>(line, StoredReturn.Json)!).ToList();
        var gone = people.Select((person, n) => (person, n)).Where(one => one.person.Cases.All(cases.Contains)).Select(one => one.n).ToHashSet();
        var faults = Lines(await ReadAsync("faults.jsonl"));
        var left = faults.Where(line => !cases.Contains(JsonSerializer.Deserialize<StoredFault>(line, StoredReturn.Json)!.Case)).ToList();
        if (!people.Exists(IsNamed) && left.Count == faults.Count)
        {
            return false;
        }

        var xml = WithoutPersons(await ReadAsync("sen2.xml"), people, gone);
        var kept = JsonSerializer.Deserialize<StoredReturn>(await ReadAsync("return.json"), StoredReturn.Json)!;
        await WriteAsync("tables.zip", Tables(await ReadAsync("tables.zip"), people, gone));
        await WriteAsync("faults.jsonl", Joined(left));
        await WriteAsync("sen2.xml", xml);
        await WriteAsync("return.json", JsonSerializer.SerializeToUtf8Bytes(kept with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(xml)), Erased = kept.Persons - people.Count + gone.Count }, StoredReturn.Json));

        // The list of persons is written last, so that a second run after an interruption still finds the persons to be erased.
        await WriteAsync("persons.jsonl", Joined(people.Zip(lines).Where((_, n) => !gone.Contains(n)).Select(one => IsNamed(one.First) ? LineOf(one.First) : one.Second)));
        return true;

        bool IsNamed(StoredPerson person) => person.Cases.Any(cases.Contains);

        // A person with another case stays, and is removed when that case is erased too.
        string LineOf(StoredPerson person) => JsonSerializer.Serialize(person with { Cases = [.. person.Cases.Where(one => !cases.Contains(one))] }, StoredReturn.Json);

        async Task<byte[]> ReadAsync(string file) => Value(await documents.ReadAsync(folder + file, cancellationToken)).Bytes;

        async Task WriteAsync(string file, byte[] bytes)
        {
            var read = Value(await documents.ReadAsync(folder + file, cancellationToken));
            _ = Value(await documents.ReplaceAsync(folder + file, bytes, "application/octet-stream", read.ETag, cancellationToken));
        }
    }

    /// <summary>
    /// The positions, in one file, of the people to be removed. A run that was interrupted may already have removed people from this file
    /// who are still in the list of persons. The remaining people are in the order of that list, so they are found by comparing the file
    /// with what the list says about them.
    /// </summary>
    /// <param name="people">The list of persons.</param>
    /// <param name="gone">The positions in that list of the people to be removed.</param>
    /// <param name="count">How many people the file has.</param>
    /// <param name="value">What the file says about the person at a position, for an item such as <c>Surname</c>.</param>
    /// <exception cref="IOException">The file has a person who is not in the list.</exception>
    private static HashSet<int> Positions(List<StoredPerson> people, HashSet<int> gone, int count, Func<int, string, string?> value)
    {
        if (count == people.Count)
        {
            return gone;
        }

        var (found, at) = (new HashSet<int>(), 0);
        for (var n = 0; n < people.Count && at < count; n++)
        {
            if (people[n].Items.All(item => item.Key.Contains('/', StringComparison.Ordinal) || value(at, item.Key)?.Trim() == item.Value.Trim()))
            {
                if (gone.Contains(n))
                {
                    found.Add(at);
                }

                at++;
            }
        }

        return at == count ? found : throw new IOException("A stored return has a person who is not in its list of persons, so nothing was removed from it.");
    }

    private static byte[] WithoutPersons(byte[] xml, List<StoredPerson> people, HashSet<int> gone)
    {
        using var source = new MemoryStream(xml);
        var document = XDocument.Load(source);
        var persons = document.Root!.Elements().Single(one => one.Name.LocalName == "Persons").Elements().ToList();
        var removed = Positions(people, gone, persons.Count, (n, item) => persons[n].Elements().FirstOrDefault(one => one.Name.LocalName == item)?.Value);
        persons.Where((_, n) => removed.Contains(n)).Remove();

        using var written = new MemoryStream();
        document.Save(written);
        return written.ToArray();
    }

    private static byte[] Tables(byte[] zip, List<StoredPerson> people, HashSet<int> gone)
    {
        using var source = new ZipArchive(new MemoryStream(zip));
        var removed = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        using var written = new MemoryStream();
        using (var target = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The tables are in the order of the layout, so each table follows the table that contains the parents of its rows.
            foreach (var entry in source.Entries)
            {
                var (header, rows) = Read(entry);
                if (header.FirstOrDefault() == PersonKey)
                {
                    // The rows keep their numbers, so after an earlier erasure the number of a row is no longer its position.
                    var positions = Positions(people, gone, rows.Count, (n, item) => Cell(header, rows[n], item));
                    removed[PersonKey] = [.. positions.Select(n => rows[n][0])];
                }

                using var csv = new CsvWriter(new StreamWriter(target.CreateEntry(entry.FullName).Open(), new UTF8Encoding(false)), Sen2Csv.Form);
                foreach (var row in rows.Where(row => !IsRemoved(header, row)).Prepend(header))
                {
                    Array.ForEach(row, csv.WriteField);
                    csv.NextRecord();
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

    private static (string[] Header, List<string[]> Rows) Read(ZipArchiveEntry table)
    {
        using var csv = new CsvParser(new StreamReader(table.Open()), Sen2Csv.Form);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add(csv.Record!);
        }

        return (rows.FirstOrDefault() ?? [], [.. rows.Skip(1)]);
    }

    private static string? Cell(string[] header, string[] row, string item)
    {
        var column = Array.FindIndex(header, name => name.Equals(item, StringComparison.OrdinalIgnoreCase));
        return column >= 0 && column < row.Length ? row[column] : null;
    }

    private static IReadOnlyList<string> Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static T Value<T>(StoreResult<T> kept) => kept.Succeeded ? kept.Value : throw new IOException(kept.Reason);
}
