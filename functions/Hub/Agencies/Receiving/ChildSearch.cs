using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The open assessments that a child may be the subject of.</summary>
/// <param name="Assessments">In order of their ids.</param>
/// <param name="IsDoubtful">Something that the sender says of the child is not what the assessment says.</param>
internal sealed record ChildMatches(IReadOnlyList<AssessmentId> Assessments, bool IsDoubtful)
{
    /// <summary>The one assessment that it is beyond doubt; null when there is none, or several, or a doubt.</summary>
    internal AssessmentId? Certain => Assessments.Count == 1 && !IsDoubtful ? Assessments[0] : null;
}

/// <summary>
/// Finds open assessments by the child: NHS number, else UPN, else name with date of birth and postcode; exact only. It lists the open
/// assessments each time and loads those that changed since it last looked.
/// </summary>
public sealed class ChildSearch(IAssessmentStore store)
{
    private const int Page = 500;

    private readonly ConcurrentDictionary<AssessmentId, (long Version, Child Child)> known = new();

    /// <summary>Finds them.</summary>
    /// <param name="child">The child as the sender knows it.</param>
    /// <param name="council">Only this council's: a council's own service speaks of no other council's cases. Null for all.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal async ValueTask<ChildMatches> FindAsync(Child child, LocalAuthorityCode? council, CancellationToken cancellation)
    {
        var open = new List<(AssessmentId Id, Child Child)>();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Council = council, Open = true, After = after, Limit = Page }, cancellation);
            foreach (var summary in page.Items)
            {
                if (await ChildOfAsync(summary, cancellation) is { } known)
                {
                    open.Add((summary.Id, known));
                }
            }

            after = page.Next;
        }
        while (after is not null);

        Func<Child, bool>[] ways =
        [
            other => child.NhsNumber is { } number && other.NhsNumber == number,
            other => child.Upn is { } upn && other.Upn == upn,
            other => child.DateOfBirth == other.DateOfBirth && ChildComparison.Of(child, other).IsSamePerson,
        ];
        var found = ways.Select(way => open.FindAll(one => way(one.Child))).FirstOrDefault(matches => matches.Count > 0) ?? [];
        return new ChildMatches(
            [.. found.Select(one => one.Id).OrderBy(id => id.Value, StringComparer.Ordinal)], found.Exists(one => ChildComparison.Of(child, one.Child).IsDoubtful));
    }

    private async ValueTask<Child?> ChildOfAsync(AssessmentSummary summary, CancellationToken cancellation)
    {
        if (known.TryGetValue(summary.Id, out var there) && there.Version == summary.Version)
        {
            return there.Child;
        }

        var state = (await store.LoadAsync(summary.Id, cancellation)).State;
        if (state.Facts is null)
        {
            return null;
        }

        known[summary.Id] = (state.Version, state.Facts.Child);
        return state.Facts.Child;
    }
}
