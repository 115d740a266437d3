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

    /// <summary>Version number: 1, 2, 3 and so on, as in ETag and meta.versionId.</summary>
    public required long Version { get; init; }

    /// <summary>The time at which this version was written, in UTC.</summary>
    public required DateTimeOffset LastUpdated { get; init; }

    /// <summary>Whether this version is a deletion. For a deletion, <see cref="Json"/> is empty.</summary>
    public bool Deleted { get; init; }

    /// <summary>The resource as FHIR JSON, including meta.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Keys of the callers who are allowed to read the resource, or <see cref="Everyone"/>.</summary>
    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>Key of the caller who wrote this version.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>Position in the order of all commits, assigned by the store.</summary>
    public long Sequence { get; init; }

    /// <summary>The reader key that means every known caller.</summary>
    public const string Everyone = "*";

    /// <summary>The reference to the resource, <c>Type/id</c>.</summary>
    public string Reference => $"{Type}/{Id}";

    /// <summary>Whether the caller with this key is allowed to read the resource. The key null means the hub itself.</summary>
    public bool IsReadableBy(string? key) => key is null || Readers.Contains(key) || Readers.Contains(Everyone);

    /// <summary>The resource, parsed again on each call.</summary>
    public T Parse<T>()
        where T : Resource => OwnFhir.Read<T>(Json.Span);
}
