using System.Globalization;
using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The formats in which a plan is stored.</summary>
public enum PlanFormat
{
    /// <summary>Canonical JSON, which is the plan itself.</summary>
    Json,

    /// <summary>HTML for reading.</summary>
    Html,

    /// <summary>Word document.</summary>
    Docx,
}

/// <summary>A stored file of a plan.</summary>
/// <param name="Format">The format of the file.</param>
/// <param name="Name">The file's name in the store, which contains the hash.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits.</param>
/// <param name="Size">The size in bytes.</param>
public sealed record PlanFile(PlanFormat Format, string Name, string Sha256, long Size);

/// <summary>
/// A stored version of the plan. <paramref name="Hash"/> covers all other fields, including <paramref name="Previous"/>, so that no
/// entry can be changed or removed unnoticed.
/// </summary>
public sealed record ManifestEntry(
    int Version, PlanKind Kind, DateOnly PreparedOn, DateTimeOffset KeptAt, IReadOnlyList<PlanFile> Files, string Previous, string Hash)
{
    /// <summary>Calculates the hash that the entry should have.</summary>
    internal string Recomputed()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Version}\n{Kind}\n{PreparedOn:yyyy-MM-dd}\n{KeptAt.UtcDateTime:O}\n{Previous}\n");
        foreach (var file in Files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.Format}\n{file.Name}\n{file.Sha256}\n{file.Size}\n");
        }

        return PlanJson.ContentHash(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>All stored versions of an assessment's plan, in order and chained by their hashes.</summary>
public sealed record PlanManifest(AssessmentId Assessment, IReadOnlyList<ManifestEntry> Entries)
{
    /// <summary>The hash of the last entry in the manifest. If the audit trail has a copy of this hash, it can later be proved that
    /// nothing was rewritten.</summary>
    public string Head => Entries.Count == 0 ? "" : Entries[^1].Hash;

    internal PlanManifest Append(int version, PlanKind kind, DateOnly preparedOn, DateTimeOffset keptAt, IReadOnlyList<PlanFile> files)
    {
        var entry = new ManifestEntry(version, kind, preparedOn, keptAt.ToUniversalTime(), files, Head, "");
        return this with { Entries = [.. Entries, entry with { Hash = entry.Recomputed() }] };
    }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads a manifest, or returns null if the bytes are not a manifest.</summary>
    internal static PlanManifest? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<PlanManifest>(bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = true, NewLine = "\n", Converters = { new Contracts.Bus.CamelCaseEnum<PlanFormat>() } };
}
