using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The open assessments that a child may be the subject of.</summary>
/// <param name="Assessments">In order of their ids.</param>
/// <param name="IsDoubtful">Whether there is doubt that the child is the child of the assessment.</param>
internal sealed record ChildMatches(IReadOnlyList<AssessmentId> Assessments, bool IsDoubtful)
{
    /// <summary>The single certain match; null when there is none, when there are several, or when it is in doubt.</summary>
    internal AssessmentId? Certain => Assessments.Count == 1 && !IsDoubtful ? Assessments[0] : null;
}

/// <summary>
/// Finds open assessments of a child by NHS number, UPN, or name with date of birth. A match is certain when it is the only one, is by a
/// number or by the postcode, and nothing contradicts it: no other name, date of birth or number. All other matches are shown to a person;
/// none is dropped.
/// </summary>
public sealed class ChildSearch(KnownChildren children)
{
    /// <summary>Finds them.</summary>
    /// <param name="child">The child as the sender knows it.</param>
    /// <param name="council">Only this council's cases: a council's own service has nothing to do with another council's. Null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async ValueTask<ChildMatches> FindAsync(Child child, LocalAuthorityCode? council, CancellationToken cancellationToken)
    {
        var found = new List<(AssessmentId Case, ChildComparison With)>();
        foreach (var known in await children.LikeAsync(child, council, open: true, cancellationToken))
        {
            var with = ChildComparison.Of(child, known.Child);
            if (with.SharesNumber || with.IsNamesake)
            {
                found.Add((known.Case, with));
            }
        }

        // A person with the same name and date of birth but a different number is not a match where another person's number agrees.
        if (found.Exists(one => one.With.SharesNumber))
        {
            found.RemoveAll(one => !one.With.SharesNumber && (one.With.NhsNumber == Agreement.Different || one.With.Upn == Agreement.Different));
        }

        return new ChildMatches(
            [.. found.Select(one => one.Case).OrderBy(id => id.Value, StringComparer.Ordinal)],
            found.Exists(one => one.With.IsDoubtful || !(one.With.SharesNumber || one.With.IsSamePerson)));
    }
}
