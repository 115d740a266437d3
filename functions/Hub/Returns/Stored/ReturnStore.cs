using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Returns.Stored;

/// <summary>The document store cannot be reached, or the stored return was changed or is missing.</summary>
public sealed class ReturnStoreException(string message) : IOException(message);

/// <summary>
/// Stores a council's returns as they were built, together with the council's documents: <c>COUNCIL/sen2/YEAR/NUMBER/...</c>. The
/// description of a return is written last, so that an unfinished return is treated as not existing.
/// </summary>
public sealed class ReturnStore(IDocumentStore documents)
{
    private const string Description = "return.json";
    private const string Xml = "sen2.xml";
    private const string Tables = "tables.zip";
    private const string Persons = "persons.jsonl";
    private const string Faults = "faults.jsonl";

    /// <summary>The stored returns of a year, newest first.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<StoredReturn>> ListAsync(LocalAuthorityCode council, int year, CancellationToken cancellationToken)
    {
        var kept = new List<StoredReturn>();
        foreach (var name in (await NamesAsync(council, year, cancellationToken)).Where(name => name.EndsWith($"/{Description}", StringComparison.Ordinal)))
        {
            kept.Add(JsonSerializer.Deserialize<StoredReturn>(await ReadAsync(name, cancellationToken), StoredReturn.Json) ?? throw new ReturnStoreException($"{name} is empty."));
        }

        return [.. kept.OrderByDescending(one => one.Number)];
    }

    /// <summary>Builds the return of a year from the cases and stores it.</summary>
    /// <param name="store">The store of cases.</param>
    /// <param name="layout">The names, codes and rules of the return for the year.</param>
    /// <param name="council">The council.</param>
    /// <param name="year">Year of the census.</param>
    /// <param name="by">The person who ordered the return.</param>
    /// <param name="now">The time at which the return is built.</param>
    /// <param name="cancellationToken">Stops building the return; nothing is then stored.</param>
    /// <exception cref="ReturnStoreException">The store cannot be reached, or somebody else is saving a return of this year at the
    /// moment.</exception>
    public async Task<StoredReturn> BuildAsync(
        IAssessmentStore store, Sen2Layout layout, LocalAuthorityCode council, int year, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var number = (await NamesAsync(council, year, cancellationToken)).Select(name => int.Parse(name.Split('/')[3], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max() + 1;
        var build = new ReturnBuild(store, layout, council, year);
        using var xml = new MemoryStream();
        using var lines = new MemoryStream();
        using var faults = new MemoryStream();
        var tables = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        var built = await ReturnWriting.RunAsync(build, layout, build.Header(now, number), xml, name => tables[name] = new MemoryStream(), Add, cancellationToken);
        var kept = new StoredReturn(number, year, layout.Year, now, by, Convert.ToHexStringLower(SHA256.HashData(xml.GetBuffer().AsSpan(0, (int)xml.Length))), built.Persons, built.Errors, built.Doubts);
        await PutAsync(NameOf(council, year, number, Xml), xml.GetBuffer().AsMemory(0, (int)xml.Length), "application/xml", cancellationToken);
        await PutAsync(NameOf(council, year, number, Tables), Zip(tables), "application/zip", cancellationToken);
        await PutAsync(NameOf(council, year, number, Persons), lines.GetBuffer().AsMemory(0, (int)lines.Length), "application/jsonl", cancellationToken);
        await PutAsync(NameOf(council, year, number, Faults), faults.GetBuffer().AsMemory(0, (int)faults.Length), "application/jsonl", cancellationToken);
        await PutAsync(NameOf(council, year, number, Description), JsonSerializer.SerializeToUtf8Bytes(kept, StoredReturn.Json), "application/json", cancellationToken);
        return kept;

        void Add(PersonEntry person)
        {
            Write(lines, LineOf(person));
            foreach (var fault in person.Faults)
            {
                Write(faults, new StoredFault(
                    fault.Case.Value, fault.Finding.Place, fault.Finding.Item, fault.Finding.Code, fault.Finding.Severity == Sen2Severity.Error, fault.Finding.Words, fault.Step));
            }
        }
    }

    /// <summary>The XML of a stored return, as it was built.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached, or the XML is not the XML that was stored.</exception>
    public async Task<byte[]> XmlAsync(LocalAuthorityCode council, StoredReturn kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var xml = await ReadAsync(NameOf(council, kept.Year, kept.Number, Xml), cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(xml)) == kept.Sha256
            ? xml
            : throw new ReturnStoreException(FormattableString.Invariant($"Return {kept.Number} of {kept.Year} has been altered since it was stored: its checksum does not match."));
    }

    /// <summary>The tables of a stored return, as CSV files in a ZIP file.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public async Task<byte[]> TablesAsync(LocalAuthorityCode council, StoredReturn kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return await ReadAsync(NameOf(council, kept.Year, kept.Number, Tables), cancellationToken);
    }

    /// <summary>The people in a stored return.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<StoredPerson>> PersonsAsync(LocalAuthorityCode council, StoredReturn kept, CancellationToken cancellationToken) =>
        LinesAsync<StoredPerson>(council, kept, Persons, cancellationToken);

    /// <summary>The errors that were found in a stored return, and the doubts about it.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<StoredFault>> FaultsAsync(LocalAuthorityCode council, StoredReturn kept, CancellationToken cancellationToken) =>
        LinesAsync<StoredFault>(council, kept, Faults, cancellationToken);

    /// <summary>The line for one person in the stored list of the people in a return.</summary>
    public static StoredPerson LineOf(PersonEntry person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new([.. person.Cases.Select(one => one.Value)], StoredPerson.ItemsOf(person.Item));
    }

    private static void Write<T>(MemoryStream lines, T line)
    {
        JsonSerializer.Serialize(lines, line, StoredReturn.Json);
        lines.WriteByte((byte)'\n');
    }

    private async Task<IReadOnlyList<T>> LinesAsync<T>(LocalAuthorityCode council, StoredReturn kept, string file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        using var lines = new StreamReader(new MemoryStream(await ReadAsync(NameOf(council, kept.Year, kept.Number, file), cancellationToken)));
        var found = new List<T>();
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            found.Add(JsonSerializer.Deserialize<T>(line, StoredReturn.Json) ?? throw new ReturnStoreException("A line of a stored return must not be empty."));
        }

        return found;
    }

    private static byte[] Zip(Dictionary<string, MemoryStream> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content.ToArray());
            }
        }

        return bytes.ToArray();
    }

    private static string NameOf(LocalAuthorityCode council, int year, int number, string file) => FormattableString.Invariant($"{Folder(council, year)}/{number:D4}/{file}");

    private static string Folder(LocalAuthorityCode council, int year) => FormattableString.Invariant($"{council}/sen2/{year}");

    private async Task<IReadOnlyList<string>> NamesAsync(LocalAuthorityCode council, int year, CancellationToken cancellationToken) =>
        Value(await documents.ListAsync($"{Folder(council, year)}/", cancellationToken), KeepingOutcome.Missing) ?? [];

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) => Value(await documents.ReadAsync(name, cancellationToken))!.Bytes;

    private async Task PutAsync(string name, ReadOnlyMemory<byte> bytes, string type, CancellationToken cancellationToken)
    {
        var put = await documents.PutOnceAsync(name, bytes, type, cancellationToken);
        if (put.Outcome != KeepingOutcome.Done)
        {
            throw new ReturnStoreException(put.Outcome == KeepingOutcome.AlreadyThere ? "Somebody else is saving a return of this year at the moment. Try again in a minute." : put.Reason);
        }
    }

    private static T? Value<T>(StoreResult<T> kept, KeepingOutcome? none = null)
        where T : class => kept.Succeeded ? kept.Value : kept.Outcome == none ? null : throw new ReturnStoreException(kept.Reason);
}
