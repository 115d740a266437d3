using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// The children of all cases, found by number, birthday or name without going through the cases. A store that numbers its commits is asked each
/// time what has changed since; any other is listed each time, and only cases that changed are read. What others have read of a case anyhow
/// is taken in too.
/// </summary>
public sealed class KnownChildren(IAssessmentStore store) : IDisposable
{
    private const int Page = 500;

    private readonly ChildIndex index = new();
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private long last;

    /// <summary>The store can say what has changed, so catching up costs little.</summary>
    internal bool KnowsChanges => store is IListsChanges;

    /// <summary>Takes in a case that somebody has just read.</summary>
    public void Take(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        index.Take(state);
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    /// <summary>The children who have a number, the birthday or the family name in common with a child.</summary>
    /// <param name="child">The child.</param>
    /// <param name="council">Only this council's cases; null for all.</param>
    /// <param name="open">Only cases that have not ended (true); null for all.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal async ValueTask<IReadOnlyList<KnownChild>> LikeAsync(Child child, LocalAuthorityCode? council, bool? open, CancellationToken cancellation)
    {
        var listed = await CatchUpAsync(council, open, cancellation);
        return [.. index.With(ChildKeys.OfPerson(child)).Where(one => Fits(one, council, open, listed))];
    }

    /// <summary>The children of a council of whose given name the first word is among some words, or whose given name has no word.</summary>
    internal async ValueTask<IReadOnlyList<KnownChild>> GivenAsync(IEnumerable<string> words, LocalAuthorityCode council, CancellationToken cancellation)
    {
        var listed = await CatchUpAsync(council, null, cancellation);
        return [.. index.With(words.Append("").Select(ChildKeys.OfGivenName)).Where(one => Fits(one, council, null, listed))];
    }

    /// <summary>The children who are known by now and have the rarest of some keys; all who are known where there is no key.</summary>
    internal IReadOnlyList<KnownChild> KnownWith(IReadOnlyList<ulong> keys) => index.WithRarest(keys);

    /// <summary>Takes in what has changed, where the store can say what that is.</summary>
    internal async ValueTask CatchUpAsync(CancellationToken cancellation)
    {
        if (store is IListsChanges changes)
        {
            await CatchUpAsync(changes, cancellation);
        }
    }

    private static bool Fits(KnownChild one, LocalAuthorityCode? council, bool? open, HashSet<AssessmentId>? listed) =>
        listed?.Contains(one.Case) ?? ((council is not { } asked || one.IsOf(asked)) && (open is not { } only || one.IsOpen == only));

    /// <returns>The cases that fit, where the store had to list them.</returns>
    private async ValueTask<HashSet<AssessmentId>?> CatchUpAsync(LocalAuthorityCode? council, bool? open, CancellationToken cancellation)
    {
        if (store is IListsChanges changes)
        {
            await CatchUpAsync(changes, cancellation);
            return null;
        }

        var listed = new HashSet<AssessmentId>();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Council = council, Open = open, After = after, Limit = Page }, cancellation);
            foreach (var summary in page.Items)
            {
                await ReadAsync(summary.Id, summary.Version, cancellation);
                listed.Add(summary.Id);
            }

            after = page.Next;
        }
        while (after is not null);

        return listed;
    }

    private async ValueTask CatchUpAsync(IListsChanges changes, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var found = await changes.ChangesAsync(last, cancellation);
            var isComplete = true;
            foreach (var (id, version) in found.Changed)
            {
                isComplete &= await ReadAsync(id, version, cancellation);
            }

            // What was committed a moment ago and is not shown yet is asked for once more.
            last = isComplete ? found.Last : last;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <returns>The case is known as it is now.</returns>
    private async ValueTask<bool> ReadAsync(AssessmentId id, long version, CancellationToken cancellation)
    {
        if (index.VersionOf(id) >= version)
        {
            return true;
        }

        // Where the store can, past its cache: cases that nobody works on must not push out the others.
        var state = store is IReadsInPassing passing ? await passing.ReadAsync(id, cancellation) : (await store.LoadAsync(id, cancellation)).State;
        index.Take(state);
        return state.Version >= version;
    }
}
