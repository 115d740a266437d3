using System.Text.Json.Serialization;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Journal;

/// <summary>One change of the FHIR resources: exactly one of the four kinds is given.</summary>
public sealed record JournalEntry
{
    /// <summary>Drawn by the host that wrote it, so that it knows its own entry when the answer to writing it was lost.</summary>
    public required string WrittenAs { get; init; }

    /// <summary>Resources written together.</summary>
    public JournalCommit? Commit { get; init; }

    /// <summary>Readers added.</summary>
    public JournalShare? Share { get; init; }

    /// <summary>News delivered.</summary>
    public PendingNews? Delivered { get; init; }

    /// <summary>A place noted.</summary>
    public JournalPlace? Place { get; init; }
}

/// <summary>Resources written together.</summary>
/// <param name="Writes">Each of them.</param>
/// <param name="OnceKey">The key that this used up.</param>
/// <param name="Received">The submission that led to it.</param>
public sealed record JournalCommit(IReadOnlyList<JournalWrite> Writes, string? OnceKey = null, JournalReceived? Received = null);

/// <summary>One resource written.</summary>
/// <param name="Resource">The version; its JSON is empty where <paramref name="Body"/> names the blob that holds it.</param>
/// <param name="ExpectedVersion">The version that was the current one.</param>
/// <param name="Index">What it is found by.</param>
/// <param name="IsNews">The assessment has yet to hear of it.</param>
/// <param name="Body">SHA-256 of the JSON and name of its blob; null where it stands here.</param>
/// <param name="Size">Bytes of that JSON; null where it stands here, and in entries from before sizes were noted.</param>
public sealed record JournalWrite(StoredResource Resource, long ExpectedVersion, IReadOnlyList<IndexEntry> Index, bool IsNews = false, string? Body = null, int? Size = null);

/// <summary>A submission as it came in: its bytes are in the blob.</summary>
public sealed record JournalReceived(string ContentType, string Body, string From, DateTimeOffset At, int? Size = null);

/// <summary>Readers added to resources.</summary>
public sealed record JournalShare(IReadOnlyList<string> References, IReadOnlyList<string> Readers);

/// <summary>A place noted under a name.</summary>
public sealed record JournalPlace(string Name, long Value);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
