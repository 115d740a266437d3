using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The open assessments that may be about a child.</summary>
/// <param name="Assessments">The assessments, in order of their ids.</param>
/// <param name="IsDoubtful">Whether there is doubt that the assessments are about this child.</param>
internal sealed record ChildMatches(IReadOnlyList<AssessmentId> Assessments, bool IsDoubtful)
{
    /// <summary>The single certain match, or null if there is no match, if there are several, or if the only match is in doubt.</summary>
    internal AssessmentId? Certain => Assessments.Count == 1 && !IsDoubtful ? Assessments[0] : null;
}

/// <summary>
/// Finds open assessments of a child by NHS number, UPN, or name with date of birth. A match is certain if it is the only match, if a
/// number or the postcode agrees, and if no name, date of birth or number differs. All other matches are shown to an officer; no match is
/// dropped.
/// </summary>
public sealed class ChildSearch(KnownChildren children)
{
    /// <summary>Finds the open assessments that may be about a child.</summary>
    /// <param name="child">The child's details as given by the sender.</param>
    /// <param name="council">The only council whose cases are searched, because a council's own service must not learn of another council's
    /// cases. If this is null, the cases of all councils are searched.</param>
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

        // If the number of one child matches, a child with the same name and date of birth but a different number is not a match.
        if (found.Exists(one => one.With.SharesNumber))
        {
            found.RemoveAll(one => !one.With.SharesNumber && (one.With.NhsNumber == Agreement.Different || one.With.Upn == Agreement.Different));
        }

        return new ChildMatches(
            [.. found.Select(one => one.Case).OrderBy(id => id.Value, StringComparer.Ordinal)],
            found.Exists(one => one.With.IsDoubtful || !(one.With.SharesNumber || one.With.IsSamePerson)));
    }
}
