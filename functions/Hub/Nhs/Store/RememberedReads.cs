using Hl7.Fhir.Model;

namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>
/// Stored content as one interaction finds it: a current version is read once and parsed once, so that every rule sees the same. Used by one
/// interaction, one call at a time.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class RememberedReads(IFhirResourceReader store) : IFhirResourceReader
{
    private readonly Dictionary<(string, string), StoredResource?> read = [];
    private readonly Dictionary<StoredResource, Resource> parsed = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public async ValueTask<StoredResource?> Read(string type, string id, CancellationToken cancel) =>
        read.TryGetValue((type, id), out var stored) ? stored : read[(type, id)] = await store.Read(type, id, cancel);

    /// <inheritdoc/>
    public ValueTask<StoredResource?> Read(string type, string id, long version, CancellationToken cancel) => store.Read(type, id, version, cancel);

    /// <inheritdoc/>
    public ValueTask<ResourcePage> History(HistoryQuery query, CancellationToken cancel) => store.History(query, cancel);

    /// <inheritdoc/>
    public ValueTask<ResourcePage> Search(ResourceQuery query, CancellationToken cancel) => store.Search(query, cancel);

    /// <summary>The content of a version. It is shared: whoever changes it must parse it again.</summary>
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
