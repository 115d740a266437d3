using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// The children of all cases, found by number, date of birth or name without reading the cases. A store that numbers its commits is asked
/// each time for the changes since the last commit that was read; in any other store all cases are listed each time, and only changed
/// cases are read. Cases that other code has already read are added too. A search in one council waits only for that council's cases. If the
/// children are stored separately (<see cref="IExtractStore"/>), only cases that have changed since then are read, so nobody waits for all
/// cases to be read after a start.
/// </summary>
public sealed class KnownChildren(IAssessmentStore store) : IDisposable
{
    private const int Page = 500;

    private readonly ChildIndex index = new();
    private readonly KeptChildren? kept = store is IExtractStore and IChangeSource ? new KeptChildren((IExtractStore)store) : null;
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly SemaphoreSlim oneCouncilAtATime = new(1, 1);
    private readonly ConcurrentDictionary<LocalAuthorityCode, long> lastOf = new();
    private readonly ConcurrentDictionary<AssessmentId, long> unreadable = new();
    private long last;
    private volatile bool hasAll;

    /// <summary>Whether the store can list changes, so that updating is cheap.</summary>
    internal bool KnowsChanges => store is IChangeSource;

    /// <summary>Whether every child's details are in memory; until then, the children of unchanged cases are looked up in the
    /// store.</summary>
    internal bool HasAll => hasAll;

    /// <summary>The stored children; null if the store does not have them separately.</summary>
    internal KeptChildren? Kept => kept;

    /// <summary>Adds the child of a case that has just been read.</summary>
    public void Take(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        index.Take(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        oneAtATime.Dispose();
        oneCouncilAtATime.Dispose();
    }

    /// <summary>
    /// The children who share a number, the date of birth or the family name with a child. If no council is given, children who share only
    /// the family name may be left out.
    /// </summary>
    /// <param name="child">The child to compare with.</param>
    /// <param name="council">The only council whose children are included; null for all.</param>
    /// <param name="open">True to include only cases that have not ended; null for all cases.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async ValueTask<IReadOnlyList<KnownChild>> LikeAsync(Child child, LocalAuthorityCode? council, bool? open, CancellationToken cancellationToken)
    {
        var listed = await CatchUpAsync(council, open, cancellationToken);
        await LookUpAsync(ChildKeys.OfPersonKept(child, council), cancellationToken);
        return [.. index.With(ChildKeys.OfPerson(child)).Where(one => Fits(one, council, open, listed))];
    }

    /// <summary>The children of a council whose given name begins with one of these words or contains no words at all.</summary>
    internal async ValueTask<IReadOnlyList<KnownChild>> GivenAsync(IEnumerable<string> words, LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        string[] asked = [.. words, ""];
        var listed = await CatchUpAsync(council, null, cancellationToken);
        await LookUpAsync(asked.Select(word => ChildKeys.OfGivenName(word, council)), cancellationToken);
        return [.. index.With(asked.Select(ChildKeys.OfGivenName)).Where(one => Fits(one, council, null, listed))];
    }

    /// <summary>Adds to the index every child that is stored under one of these keys. Call this method after
    /// <see cref="CatchUpAsync(LocalAuthorityCode, CancellationToken)"/>.</summary>
    internal async ValueTask LookUpAsync(IEnumerable<ulong> keys, CancellationToken cancellationToken)
    {
        if (hasAll || kept is null)
        {
            return;
        }

        foreach (var extract in await kept.FindAsync(keys.ToHashSet(), cancellationToken))
        {
            await TakeAsync(extract, cancellationToken);
        }
    }

    /// <summary>The cases in which the child's stored details could not be read, each with the stored version. A case is returned once and
    /// then no longer counts as unreadable.</summary>
    internal IReadOnlyList<(AssessmentId Id, long Version)> TakeUnreadable() =>
        [.. unreadable.Keys.Select(id => unreadable.TryRemove(id, out var version) ? (id, version) : default).Where(one => one != default)];

    /// <summary>Notes that the details of a case's child must be stored again.</summary>
    internal void NoteUnreadable(AssessmentId id, long version) => unreadable[id] = version;

    /// <summary>The indexed children who have the rarest of the keys, or all indexed children if no key is given.</summary>
    internal IReadOnlyList<KnownChild> KnownWith(IReadOnlyList<ulong> keys) => index.WithRarest(keys);

    /// <summary>The indexed child of a case, or null if the case is not in the index.</summary>
    internal KnownChild? KnownCase(AssessmentId id) => index.Of(id);

    /// <summary>Brings a council's children in the index up to date if the store can list changes.</summary>
    internal async ValueTask CatchUpAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        if (store is IChangeSource changes)
        {
            await CatchUpAsync(changes, council, cancellationToken);
        }
    }

    /// <summary>Reads the stored details of all cases' children into memory, if none are missing from the store.</summary>
    internal async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (hasAll || kept is null || store is not IChangeSource changes || await kept.ThroughAsync(cancellationToken) is null)
        {
            return;
        }

        // The changes since the children were stored are applied first, and all later changes after that.
        await CatchUpAsync(changes, null, cancellationToken);
        if (hasAll || Interlocked.Read(ref last) == 0)
        {
            return;
        }

        await foreach (var extract in kept.AllAsync(cancellationToken))
        {
            await TakeAsync(extract, cancellationToken);
        }

        hasAll = true;
    }

    /// <summary>The child and version in memory, read again from the case if they are older than the given version.</summary>
    /// <returns>The version of the case that was found, and the child, which is null if the case was never opened.</returns>
    internal async ValueTask<(long Version, KnownChild? Child)> ReadAsync(AssessmentId id, long version, CancellationToken cancellationToken)
    {
        if (index.Of(id) is { } known && known.Version >= version)
        {
            return (known.Version, known);
        }

        // Bypasses the store's cache if possible, because cases that nobody works on must not displace other cases from the cache.
        var state = store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;
        index.Take(state);
        return index.Of(id) is { } read ? (read.Version, read) : (state.Version, null);
    }

    // If a child's stored details cannot be read, they are read from the case and stored again, because a search would not find the
    // child otherwise.
    private async ValueTask TakeAsync(Extract extract, CancellationToken cancellationToken)
    {
        if (!KeptChildren.TryRead(extract, out var child))
        {
            NoteUnreadable(extract.Case, extract.Version);
            await ReadAsync(extract.Case, extract.Version, cancellationToken);
        }
        else if (child is not null)
        {
            index.Take(child);
        }
    }

    private static bool Fits(KnownChild one, LocalAuthorityCode? council, bool? open, HashSet<AssessmentId>? listed) =>
        listed?.Contains(one.Case) ?? ((council is not { } asked || one.IsOf(asked)) && (open is not { } only || one.IsOpen == only));

    /// <summary>
    /// The commit from which a follower must read the changes: the follower's own commit, or the commit up to which the children are
    /// stored; 0 if none are stored.
    /// </summary>
    private async ValueTask<long> StartAsync(long own, CancellationToken cancellationToken) =>
        own > 0 || kept is null ? own : await kept.ThroughAsync(cancellationToken) ?? 0;

    /// <returns>The cases from the store's list that match the council and <paramref name="open"/>, or null if the list was not
    /// needed.</returns>
    private async ValueTask<HashSet<AssessmentId>?> CatchUpAsync(LocalAuthorityCode? council, bool? open, CancellationToken cancellationToken)
    {
        if (store is IChangeSource changes)
        {
            await CatchUpAsync(changes, council, cancellationToken);
            return null;
        }

        var listed = new HashSet<AssessmentId>();
        await foreach (var summary in ListAsync(new SummaryQuery { Council = council, Open = open }, cancellationToken))
        {
            await ReadAsync(summary.Id, summary.Version, cancellationToken);
            listed.Add(summary.Id);
        }

        return listed;
    }

    private async ValueTask CatchUpAsync(IChangeSource changes, LocalAuthorityCode? council, CancellationToken cancellationToken)
    {
        var turn = council is null ? oneAtATime : oneCouncilAtATime;
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (council is { } only)
            {
                await CatchUpAsync(changes, only, await StartAsync(Math.Max(Interlocked.Read(ref last), lastOf.GetValueOrDefault(only)), cancellationToken), cancellationToken);
                return;
            }

            var after = await StartAsync(last, cancellationToken);
            var found = await changes.ChangesAsync(after, cancellationToken);
            var isComplete = true;
            foreach (var (id, version) in found.Changed)
            {
                isComplete &= (await ReadAsync(id, version, cancellationToken)).Version >= version;
            }

            if (isComplete)
            {
                hasAll |= after == 0;
                Interlocked.Exchange(ref last, found.Last);
            }

            // If very recent commits are not visible yet, the next call asks for them again.
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Reads the changes to one council's cases since a commit; if the commit is 0, the number of the newest commit is read first and then
    /// all cases of the council.
    /// </summary>
    private async ValueTask CatchUpAsync(IChangeSource changes, LocalAuthorityCode council, long after, CancellationToken cancellationToken)
    {
        var found = await changes.ChangesAsync(after == 0 ? long.MaxValue : after, cancellationToken);
        var isComplete = true;
        foreach (var (id, version) in found.Changed.Where(one => one.Id.Council == council))
        {
            isComplete &= (await ReadAsync(id, version, cancellationToken)).Version >= version;
        }

        if (after == 0)
        {
            await foreach (var summary in ListAsync(new SummaryQuery { Council = council }, cancellationToken))
            {
                isComplete &= (await ReadAsync(summary.Id, summary.Version, cancellationToken)).Version >= summary.Version;
            }
        }

        if (isComplete)
        {
            lastOf[council] = found.Last;
        }
    }

    private async IAsyncEnumerable<AssessmentSummary> ListAsync(SummaryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(query with { After = after, Limit = Page }, cancellationToken);
            foreach (var summary in page.Items)
            {
                yield return summary;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
