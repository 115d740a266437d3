using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>One stored version of one resource.</summary>
public sealed record StoredResource
{
    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Logical id.</summary>
    public required string Id { get; init; }

    /// <summary>1, 2, 3 ...; what ETag and meta.versionId say.</summary>
    public required long Version { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset LastUpdated { get; init; }

    /// <summary>Whether this version is a deletion; <see cref="Json"/> is empty then.</summary>
    public bool Deleted { get; init; }

    /// <summary>The resource as FHIR JSON, meta included.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Who may read it: keys of callers, or <see cref="Everyone"/>.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>Key of the caller who wrote this version.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Position in the order of all commits; given by the store.</summary>
    public long Sequence { get; init; }

    /// <summary>The reader key that means every known caller.</summary>
    public const string Everyone = "*";

    /// <summary><c>Type/id</c>.</summary>
    public string Reference => $"{Type}/{Id}";

    /// <summary>Whether the caller with this key may read it. Null is the hub itself.</summary>
    public bool IsReadableBy(string? key) => key is null || Readers.Contains(key) || Readers.Contains(Everyone);

    /// <summary>The resource, parsed again on each call.</summary>
    public T Parse<T>()
        where T : Resource => OwnFhir.Read<T>(Json.Span);
}
