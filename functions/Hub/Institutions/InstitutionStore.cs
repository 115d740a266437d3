using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Where a stored register comes from.</summary>
/// <param name="File">Name of the register's file.</param>
/// <param name="Hash">SHA-256 of the file and of the file of links, hexadecimal.</param>
/// <param name="TakenOn">Day on which the register was imported.</param>
/// <param name="HasLinks">Whether a file of links was read with the register.</param>
public sealed record RegisterSource(string File, string Hash, DateOnly TakenOn, bool HasLinks);

/// <summary>A register in its stored form.</summary>
/// <param name="Source">Where the register comes from.</param>
/// <param name="Rows">The register's institutions, sorted by number.</param>
public sealed record KeptRegister(RegisterSource Source, IReadOnlyList<Institution> Rows);

/// <summary>
/// Stores the register of schools in the document store, as a single document, because it is the same for all councils of a hub and holds
/// nothing about any person.
/// </summary>
public sealed class InstitutionStore(IDocumentStore documents)
{
    /// <summary>
    /// Name of the document in which the register is stored. A register imported by one hub can also be used on Azure, if it is copied into
    /// the document container under this name.
    /// </summary>
    public const string Name = "institutions/register.jsonl.gz";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The register with the ETag of its document; the register is null if nothing has changed since the given ETag.</summary>
    /// <returns>The outcome is <c>Done</c>, <c>Missing</c> if no register was imported, <c>Transient</c> if reading may succeed later, or
    /// <c>Tampered</c> if the register is damaged.</returns>
    public async Task<StoreResult<(KeptRegister? Register, string ETag)>> ReadAsync(string? since, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(Name, cancellationToken);
        if (!read.Succeeded)
        {
            return new StoreResult<(KeptRegister?, string)>(read.Outcome, default, read.Reason);
        }

        try
        {
            return new StoreResult<(KeptRegister?, string)>(KeepingOutcome.Done, (read.Value.ETag == since ? null : Unpacked(read.Value.Bytes), read.Value.ETag), "");
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return new StoreResult<(KeptRegister?, string)>(KeepingOutcome.Tampered, default, $"{Name} cannot be read: {damaged.Message}");
        }
    }

    /// <summary>Replaces the register that has the given ETag. If the ETag is null, the new register is written only if none is stored
    /// yet.</summary>
    public Task<StoreResult<string>> WriteAsync(KeptRegister register, string? etag, CancellationToken cancellationToken) =>
        documents.ReplaceAsync(Name, Packed(register), "application/gzip", etag, cancellationToken);

    private static byte[] Packed(KeptRegister register)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(gzip, register.Source, Form);
            foreach (var row in register.Rows)
            {
                gzip.WriteByte((byte)'\n');
                JsonSerializer.Serialize(gzip, row, Form);
            }
        }

        return packed.ToArray();
    }

    private static KeptRegister Unpacked(byte[] packed)
    {
        using var lines = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        var source = Line<RegisterSource>(lines.ReadLine());
        var (rows, words) = (new List<Institution>(), new SharedTexts());
        while (lines.ReadLine() is { } line)
        {
            var row = Line<Institution>(line);
            rows.Add(row with
            {
                Type = words.Of(row.Type),
                Phase = words.Of(row.Phase),
                Council = row.Council is { } council ? words.Of(council) : null,
                Town = row.Town is { } town ? words.Of(town) : null,
                Resourced = row.Resourced is { } resourced ? words.Of(resourced) : null,
                Boarders = row.Boarders is { } boarders ? words.Of(boarders) : null,
                Needs = row.Needs.Count == 0 ? [] : [.. row.Needs.Select(words.Of)],
            });
        }

        return new KeptRegister(source, rows);
    }

    private static T Line<T>(string? line) => JsonSerializer.Deserialize<T>(line ?? "", Form) ?? throw new InvalidDataException("The stored register has an empty line.");
}
