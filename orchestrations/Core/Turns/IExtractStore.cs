using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// A store that keeps extracts beside the cases: what a search or a list needs of each case, so that a program need not read every case after its
/// start. An extract is made from the case alone. An extract may be behind its case, is never ahead of it, and is deleted with it.
/// </summary>
public interface IExtractStore
{
    /// <summary>The commit up to which every case has its extract; null while they are being made for the first time, or in a new form.</summary>
    ValueTask<long?> KeptThroughAsync(ExtractKind kind, CancellationToken cancellationToken = default);

    /// <summary>The cases without an extract of this form and of their present version. It looks at every case.</summary>
    ValueTask<StoreChanges> WithoutExtractAsync(ExtractKind kind, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces extracts in one transaction; an older version than the one that is kept is ignored.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="extracts">The extracts.</param>
    /// <param name="through">The commit up to which every case has its extract with these; null where that is not known yet.</param>
    /// <param name="cancellationToken">Ends the call until it is handed to the writer.</param>
    ValueTask KeepAsync(ExtractKind kind, IReadOnlyList<Extract> extracts, long? through, CancellationToken cancellationToken = default);

    /// <summary>The extracts that have at least one of the keys, each once.</summary>
    ValueTask<IReadOnlyList<Extract>> FindAsync(ExtractKind kind, IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken = default);

    /// <summary>All extracts, page by page.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="after">Where the page before ended; 0 for the first.</param>
    /// <param name="limit">The most that are returned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<ExtractPage> ExtractsAsync(ExtractKind kind, long after, int limit, CancellationToken cancellationToken = default);
}

/// <summary>A kind of extract.</summary>
/// <param name="Number">Its number, which never changes.</param>
/// <param name="Form">The form in which a program makes it. Another form is made again from the case, whether it is older or newer.</param>
public sealed record ExtractKind(int Number, int Form);

/// <summary>What is kept of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The version of the case from which it was made.</param>
/// <param name="Body">Its content, which only its maker reads; empty where the case has nothing of this kind.</param>
/// <param name="Keys">The keys by which it is found; empty where it was read.</param>
public sealed record Extract(AssessmentId Case, long Version, ReadOnlyMemory<byte> Body, IReadOnlyCollection<ulong> Keys);

/// <summary>One page of extracts.</summary>
/// <param name="Items">The extracts.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ExtractPage(IReadOnlyList<Extract> Items, long? Next);
