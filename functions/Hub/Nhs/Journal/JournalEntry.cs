using System.Text.Json.Serialization;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Journal;

/// <summary>One change to the stored FHIR resources. Each entry contains exactly one of the four kinds of change.</summary>
public sealed record JournalEntry
{
    /// <summary>
    /// A value chosen at random by the host that wrote the entry, so that the host recognises its own entry if the response to the write
    /// was lost.
    /// </summary>
    public required string WrittenAs { get; init; }

    /// <summary>Resources written together.</summary>
    public JournalCommit? Commit { get; init; }

    /// <summary>The readers added by the entry.</summary>
    public JournalShare? Share { get; init; }

    /// <summary>The version of a Task that the entry marks as reported to the assessment.</summary>
    public UnreportedVersion? Delivered { get; init; }

    /// <summary>The number that the entry stores under a name.</summary>
    public JournalPosition? Place { get; init; }
}

/// <summary>Resources written together.</summary>
/// <param name="Writes">The resources written.</param>
/// <param name="OnceKey">The key used by this commit, which must never be used again (the sender and its request id); null if there is
/// none.</param>
/// <param name="Received">The submission that led to the writes.</param>
public sealed record JournalCommit(IReadOnlyList<JournalWrite> Writes, string? OnceKey = null, JournalReceived? Received = null);

/// <summary>A resource that was written.</summary>
/// <param name="Resource">The version of the resource that was written. Its JSON is empty if <paramref name="Body"/> names the blob that
/// contains it.</param>
/// <param name="ExpectedVersion">The version that was current before the write.</param>
/// <param name="Index">The search index entries of this version.</param>
/// <param name="IsNews">Whether this version must still be reported to the assessment.</param>
/// <param name="Body">SHA-256 of the JSON, which is also the name of its blob, or null if the JSON is in the entry.</param>
/// <param name="Size">Size of the JSON in bytes, or null if the JSON is in the entry, or if sizes were not recorded yet when the entry was
/// written.</param>
public sealed record JournalWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index, bool IsNews = false, string? Body = null, int? Size = null);

/// <summary>A submission as received, with its bytes in a blob.</summary>
public sealed record JournalReceived(string ContentType, string Body, string From, DateTimeOffset At, int? Size = null);

/// <summary>Readers who are given access to resources.</summary>
public sealed record JournalShare(IReadOnlyList<string> References, IReadOnlyList<string> Readers);

/// <summary>A number stored under a name, for example how far a subscriber has been notified of changes.</summary>
public sealed record JournalPosition(string Name, long Value);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
