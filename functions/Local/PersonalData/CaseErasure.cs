using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Local.AccessLog;
using IntegrationHub.Local.Fhir;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;

namespace IntegrationHub.Local.PersonalData;

/// <summary>The stores on one machine from which a person's data is erased.</summary>
internal enum ErasedStore
{
    /// <summary>FHIR resources.</summary>
    Fhir,

    /// <summary>Messages on the bus.</summary>
    Bus,

    /// <summary>Messages in the council's incoming mail.</summary>
    Tray,

    /// <summary>Plans, letters, documents, drafts, and messages from agencies that are stored until the hub can use them.</summary>
    Documents,

    /// <summary>The hub's record of notices.</summary>
    Notices,

    /// <summary>Stored SEN2 returns.</summary>
    Returns,

    /// <summary>Feeds of events for other systems.</summary>
    Feeds,

    /// <summary>Entries of the access log, if the council's rule erases them.</summary>
    Readings,

    /// <summary>The cases' events, state, inbox, outbox and list entries.</summary>
    Cases,
}

/// <summary>
/// Erases cases from every store of a stopped hub, and then checks whether any file still contains data about the people. An erasure can be
/// run again: anything already erased is skipped, and the cases themselves are erased last.
/// </summary>
/// <param name="data">The data directory.</param>
/// <param name="marks">The numbers and words by which data about the people can be found.</param>
/// <param name="readingsToo">Whether the access log's entries about the cases are also erased.</param>
internal sealed class CaseErasure(string data, PersonIdentifiers marks, bool readingsToo)
{
    private readonly ByteSearch numbers = new(marks.Numbers);

    /// <summary>Erases cases.</summary>
    /// <param name="cases">The cases to erase, all of one council.</param>
    /// <param name="stores">The stores to erase from. Only a test leaves a store out.</param>
    /// <param name="cancellationToken">Stops the erasure between two stores; it must then be run again.</param>
    /// <returns>The files that still contain data about the people; empty if everything is erased.</returns>
    internal async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<AssessmentId> cases, IReadOnlyList<ErasedStore> stores, CancellationToken cancellationToken)
    {
        // The database of cases stays open during the erasure, because its lock prevents a hub from opening any of the stores.
        using (var file = AssessmentFileErasure.Open(Path.Combine(data, LocalHub.StoreFile)))
        {
            foreach (var store in stores)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await EraseAsync(store, cases, file, cancellationToken);
            }
        }

        return new ByteSearch(marks.Words).FilesIn(data);
    }

    private async Task EraseAsync(ErasedStore store, IReadOnlyList<AssessmentId> cases, AssessmentFileErasure file, CancellationToken cancellationToken)
    {
        var ids = cases.Select(one => one.Value).ToHashSet(StringComparer.Ordinal);
        var documents = Path.Combine(data, LocalHub.Documents);
        switch (store)
        {
            case ErasedStore.Fhir when IsThere(StoreFiles.Fhir):
                FhirErasure.Run(Path.Combine(data, StoreFiles.Fhir), IsAbout);
                break;
            case ErasedStore.Bus when IsThere(StoreFiles.Bus):
                BusErasure.Run(Path.Combine(data, StoreFiles.Bus), IsAbout);
                break;
            case ErasedStore.Tray when Directory.Exists(documents):
                foreach (var council in cases.Select(one => one.Council).Distinct())
                {
                    await new TrayErasure(documents, council, readingsToo).RunAsync(ids, IsAbout, marks.Numbers, cancellationToken);
                }

                break;
            case ErasedStore.Documents:
                DocumentErasure.Run(documents, ids, IsAbout);
                break;
            case ErasedStore.Notices:
                NoticeErasure.Run(Path.Combine(data, "notices"), cases.ToHashSet());
                break;
            case ErasedStore.Returns when Directory.Exists(documents):
                var returns = new ReturnErasure(new FolderDocuments(documents, new KeepingRules(), TimeProvider.System));
                foreach (var council in cases.Select(one => one.Council).Distinct())
                {
                    await returns.RunAsync(council, ids, cancellationToken);
                }

                break;
            case ErasedStore.Feeds when Directory.Exists(documents):
                var feeds = new FeedErasure(new FolderDocuments(documents, new KeepingRules(), TimeProvider.System));
                foreach (var council in cases.Select(one => one.Council).Distinct())
                {
                    await feeds.RunAsync(council, ids, TimeProvider.System.GetUtcNow(), cancellationToken);
                }

                break;
            case ErasedStore.Readings when readingsToo && IsThere(StoreFiles.AccessLog):
                SqliteAccessLog.Erase(Path.Combine(data, StoreFiles.AccessLog), cases);
                break;
            case ErasedStore.Cases:
                file.Run(cases);
                break;
            default:
                break;
        }
    }

    private bool IsThere(string name) => File.Exists(Path.Combine(data, name));

    private bool IsAbout(byte[] bytes) => numbers.IsIn(bytes);
}
