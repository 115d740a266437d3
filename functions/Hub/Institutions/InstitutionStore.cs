using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Where a kept register comes from.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Hash">SHA-256 of the file and of the file of links, hexadecimal.</param>
/// <param name="TakenOn">Day on which it was imported.</param>
/// <param name="HasLinks">A file of links was read with it.</param>
public sealed record RegisterSource(string File, string Hash, DateOnly TakenOn, bool HasLinks);

/// <summary>A register as it is kept.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Rows">Its institutions, in order of their numbers.</param>
public sealed record KeptRegister(RegisterSource Source, IReadOnlyList<Institution> Rows);

/// <summary>
/// Keeps the register of schools beside the documents, as one document: it is the same for all councils of a hub and holds nothing about anybody.
/// </summary>
public sealed class InstitutionStore(IDocumentStore documents)
{
    /// <summary>The document's name. What one hub has imported serves on Azure, copied into the container of documents under this name.</summary>
    public const string Name = "institutions/register.jsonl.gz";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The register with the ETag of its document; null for the register where nothing has changed since that ETag.</summary>
    /// <returns>Done; Missing where none was imported; Transient; Tampered where it cannot be read.</returns>
    public async Task<Kept<(KeptRegister? Register, string ETag)>> ReadAsync(string? since, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(Name, cancellationToken);
        if (!read.Succeeded)
        {
            return new Kept<(KeptRegister?, string)>(read.Outcome, default, read.Reason);
        }

        try
        {
            return new Kept<(KeptRegister?, string)>(KeepingOutcome.Done, (read.Value.ETag == since ? null : Unpacked(read.Value.Bytes), read.Value.ETag), "");
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return new Kept<(KeptRegister?, string)>(KeepingOutcome.Tampered, default, $"{Name} cannot be read: {damaged.Message}");
        }
    }

    /// <summary>Keeps a register in place of the one with the ETag; null: the first.</summary>
    public Task<Kept<string>> WriteAsync(KeptRegister register, string? etag, CancellationToken cancellationToken) =>
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

    private static T Line<T>(string? line) => JsonSerializer.Deserialize<T>(line ?? "", Form) ?? throw new InvalidDataException("A line is empty.");
}
