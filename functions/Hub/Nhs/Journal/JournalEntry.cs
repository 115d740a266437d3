using System.Text.Json.Serialization;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Journal;

/// <summary>One change of the FHIR resources; exactly one of the four kinds is set.</summary>
public sealed record JournalEntry
{
    /// <summary>
    /// Chosen at random by the host that wrote it, so that the host recognises its own entry when the answer to the write was lost.
    /// </summary>
    public required string WrittenAs { get; init; }

    /// <summary>Resources written together.</summary>
    public JournalCommit? Commit { get; init; }

    /// <summary>Readers added.</summary>
    public JournalShare? Share { get; init; }

    /// <summary>Changes marked as delivered.</summary>
    public UnreportedVersion? Delivered { get; init; }

    /// <summary>A position stored.</summary>
    public JournalPlace? Place { get; init; }
}

/// <summary>Resources written together.</summary>
/// <param name="Writes">Each of them.</param>
/// <param name="OnceKey">The key that this entry used up.</param>
/// <param name="Received">The submission that led to it.</param>
public sealed record JournalCommit(IReadOnlyList<JournalWrite> Writes, string? OnceKey = null, JournalReceived? Received = null);

/// <summary>One resource written.</summary>
/// <param name="Resource">The version; its JSON is empty where <paramref name="Body"/> names the blob that holds it.</param>
/// <param name="ExpectedVersion">The version that was the current one.</param>
/// <param name="Index">Its search index entries.</param>
/// <param name="IsNews">Whether the assessment has yet to be told about it.</param>
/// <param name="Body">SHA-256 of the JSON and name of its blob; null where the JSON is in the entry.</param>
/// <param name="Size">Bytes of that JSON; null where the JSON is in the entry, and in entries from before sizes were recorded.</param>
public sealed record JournalWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index, bool IsNews = false, string? Body = null, int? Size = null);

/// <summary>A submission as it was received: its bytes are in the blob.</summary>
public sealed record JournalReceived(string ContentType, string Body, string From, DateTimeOffset At, int? Size = null);

/// <summary>Readers added to resources.</summary>
public sealed record JournalShare(IReadOnlyList<string> References, IReadOnlyList<string> Readers);

/// <summary>A position stored under a name.</summary>
public sealed record JournalPlace(string Name, long Value);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
