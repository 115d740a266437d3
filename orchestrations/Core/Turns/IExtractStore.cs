using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// A store that holds extracts in addition to the cases. An extract contains what a search or a list needs from one case, so that the hub
/// need not read every case when it starts. An extract is made only from the content of its case. An extract can be behind its case but
/// never ahead of it, and is deleted with the case.
/// </summary>
public interface IExtractStore
{
    /// <summary>The commit up to which every case has its extract; null while extracts are being made for the first time or in a new
    /// format.</summary>
    ValueTask<long?> KeptThroughAsync(ExtractKind kind, CancellationToken cancellationToken = default);

    /// <summary>The cases that have no extract made in this format from their current version. The method checks every case in the
    /// store.</summary>
    ValueTask<StoreChanges> WithoutExtractAsync(ExtractKind kind, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces extracts in one transaction. An extract older than the stored extract is ignored.</summary>
    /// <param name="kind">The kind of the extracts.</param>
    /// <param name="extracts">The extracts.</param>
    /// <param name="through">The commit up to which every case has its extract once these extracts are stored; null if that is not known
    /// yet.</param>
    /// <param name="cancellationToken">Cancels the call, but only until the extracts have been passed to the writer.</param>
    ValueTask KeepAsync(ExtractKind kind, IReadOnlyList<Extract> extracts, long? through, CancellationToken cancellationToken = default);

    /// <summary>The extracts that have at least one of the keys, without duplicates.</summary>
    ValueTask<IReadOnlyList<Extract>> FindAsync(ExtractKind kind, IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken = default);

    /// <summary>All extracts, page by page.</summary>
    /// <param name="kind">The kind of the extracts.</param>
    /// <param name="after">The position where the previous page ended; 0 for the first page.</param>
    /// <param name="limit">The largest number of extracts returned.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<ExtractPage> ExtractsAsync(ExtractKind kind, long after, int limit, CancellationToken cancellationToken = default);
}

/// <summary>A kind of extract.</summary>
/// <param name="Number">The number of the kind, which never changes.</param>
/// <param name="Form">The version of the format. An extract in another format, older or newer, is made again from the case.</param>
public sealed record ExtractKind(int Number, int Form);

/// <summary>The extract of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The version of the case from which the extract was made.</param>
/// <param name="Body">The content, in a format that only the code that makes the extracts knows; empty if the case has nothing of this
/// kind.</param>
/// <param name="Keys">The keys by which the extract is found; empty on extracts that were read from the store.</param>
public sealed record Extract(AssessmentId Case, long Version, ReadOnlyMemory<byte> Body, IReadOnlyCollection<ulong> Keys);

/// <summary>One page of extracts.</summary>
/// <param name="Items">The extracts on this page.</param>
/// <param name="Next">The position where the next page begins; null at the end.</param>
public sealed record ExtractPage(IReadOnlyList<Extract> Items, long? Next);
