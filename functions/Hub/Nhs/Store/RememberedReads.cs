using Hl7.Fhir.Model;

namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>
/// A cache of stored content for one interaction. A current version is read and parsed only once, so that every rule sees the same content.
/// Each instance must be used by one interaction only, with one call at a time.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class RememberedReads(IFhirResourceReader store) : IFhirResourceReader
{
    private readonly Dictionary<(string, string), StoredResource?> read = [];
    private readonly Dictionary<StoredResource, Resource> parsed = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public async ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        read.TryGetValue((type, id), out var stored) ? stored : read[(type, id)] = await store.ReadAsync(type, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, long version, CancellationToken cancellationToken) => store.ReadAsync(type, id, version, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ResourcePage> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken) => store.HistoryAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) => store.SearchAsync(query, cancellationToken);

    /// <summary>The parsed content of a version of a resource. The content is shared, so code that changes it must parse it again
    /// first.</summary>
    internal T Content<T>(StoredResource stored)
        where T : Resource
    {
        if (!parsed.TryGetValue(stored, out var content))
        {
            parsed.Add(stored, content = stored.Parse<Resource>());
        }

        return (T)content;
    }
}
