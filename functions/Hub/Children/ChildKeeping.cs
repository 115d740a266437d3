using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Stores the details of each case's child separately, and again whenever the case changes. Each call stores the details of some of the
/// children that have none stored yet. Details that have been stored are not lost, so a program that is restarted continues where it
/// stopped. Only one caller in the process may use this class, with one call at a time.
/// </summary>
/// <param name="children">The known children.</param>
/// <param name="store">The store of the children's cases.</param>
internal sealed class ChildKeeping(KnownChildren children, IAssessmentStore store)
{
    // Children whose cases have already been read by other code are stored first; only a few more cases are read for this purpose.
    private const int ReadAtOnce = 500;
    private const int WrittenInACall = 20_000;

    private Missing? missing;

    /// <summary>Number of cases whose child's details have not been stored yet; null if the number is not known or none is
    /// missing.</summary>
    internal int? MissingCount => missing is { } some ? some.Cases.Length - some.Done : null;

    /// <summary>Number of children whose stored details could not be read and were stored again by the last call.</summary>
    internal int KeptAgain { get; private set; }

    /// <summary>Stores the details of some of the children that have none stored yet; if there are no such children, stores all details
    /// that have changed.</summary>
    /// <returns>Whether every child's details are stored.</returns>
    internal async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        KeptAgain = 0;
        if (children.Kept is not { } kept || store is not IChangeSource changes)
        {
            return true;
        }

        await KeepAgainAsync(kept, cancellationToken);

        if (missing is null && await kept.ThroughAsync(cancellationToken) is { } through)
        {
            var found = await changes.ChangesAsync(through, cancellationToken);
            if (found.Last > through)
            {
                await WriteAsync(kept, found.Changed, found.Last, cancellationToken);
            }

            return true;
        }

        return await FillAsync(kept, cancellationToken);
    }

    private async ValueTask KeepAgainAsync(KeptChildren kept, CancellationToken cancellationToken)
    {
        var unreadable = children.TakeUnreadable();
        try
        {
            await WriteAsync(kept, unreadable, null, cancellationToken);
            KeptAgain = unreadable.Count;
        }
        finally
        {
            foreach (var (id, version) in KeptAgain == 0 ? unreadable : [])
            {
                children.NoteUnreadable(id, version);
            }
        }
    }

    private async ValueTask<bool> FillAsync(KeptChildren kept, CancellationToken cancellationToken)
    {
        // The cases are processed in the order in which the board reads them, so most of them have already been read.
        if (missing is null)
        {
            var found = await kept.MissingAsync(cancellationToken);
            missing = new Missing([.. found.Changed.OrderBy(one => one.Id.Value, StringComparer.Ordinal)], found.Last);
        }

        var left = missing.Cases.AsMemory(missing.Done);
        var many = 0;
        while (many < Math.Min(left.Length, WrittenInACall) && children.KnownCase(left.Span[many].Id)?.Version >= left.Span[many].Version)
        {
            many++;
        }

        var part = left[..(many > 0 ? many : Math.Min(left.Length, ReadAtOnce))].ToArray();
        var isLast = part.Length == left.Length;
        if (!await WriteAsync(kept, part, isLast ? missing.Through : null, cancellationToken))
        {
            return false;
        }

        missing.Done += part.Length;
        missing = isLast ? null : missing;
        return isLast;
    }

    /// <returns>True if every case was read in the given version or a newer one; otherwise the store does not record that the details are
    /// complete up to the given commit.</returns>
    private async ValueTask<bool> WriteAsync(KeptChildren kept, IReadOnlyList<(AssessmentId Id, long Version)> cases, long? through, CancellationToken cancellationToken)
    {
        var isComplete = true;
        foreach (var group in cases.Chunk(KeptChildren.WrittenAtOnce))
        {
            var read = new List<(AssessmentId, long, KnownChild?)>(group.Length);
            foreach (var (id, version) in group)
            {
                var (known, child) = await children.ReadAsync(id, version, cancellationToken);
                isComplete &= known >= version;
                read.Add((id, known, child));
            }

            await kept.KeepAsync(read, null, cancellationToken);
        }

        if (through is not null && isComplete)
        {
            await kept.KeepAsync([], through, cancellationToken);
        }

        return isComplete;
    }

    private sealed class Missing((AssessmentId Id, long Version)[] cases, long through)
    {
        internal (AssessmentId Id, long Version)[] Cases => cases;

        internal long Through => through;

        internal int Done { get; set; }
    }
}
