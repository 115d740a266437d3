using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>The open assessments that a child may be the subject of.</summary>
/// <param name="Assessments">In order of their ids.</param>
/// <param name="IsDoubtful">It is not certain that the child is the child of the assessment.</param>
internal sealed record ChildMatches(IReadOnlyList<AssessmentId> Assessments, bool IsDoubtful)
{
    /// <summary>The one assessment that it is beyond doubt; null when there is none, or several, or a doubt.</summary>
    internal AssessmentId? Certain => Assessments.Count == 1 && !IsDoubtful ? Assessments[0] : null;
}

/// <summary>
/// Finds open assessments by the child: NHS number, UPN, or name with date of birth. Certain is one match alone, by a number or by the
/// postcode, that nothing contradicts: another name, another birthday, another number. All others go to a person; none is passed over.
/// </summary>
public sealed class ChildSearch(KnownChildren children)
{
    /// <summary>Finds them.</summary>
    /// <param name="child">The child as the sender knows it.</param>
    /// <param name="council">Only this council's: a council's own service speaks of no other council's cases. Null for all.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal async ValueTask<ChildMatches> FindAsync(Child child, LocalAuthorityCode? council, CancellationToken cancellation)
    {
        var found = new List<(AssessmentId Case, ChildComparison With)>();
        foreach (var known in await children.LikeAsync(child, council, open: true, cancellation))
        {
            var with = ChildComparison.Of(child, known.Child);
            if (with.SharesNumber || with.IsNamesake)
            {
                found.Add((known.Case, with));
            }
        }

        // A person of the same name and birthday whose own number is another one is no match beside the one whose number agrees.
        if (found.Exists(one => one.With.SharesNumber))
        {
            found.RemoveAll(one => !one.With.SharesNumber && (one.With.NhsNumber == Agreement.Different || one.With.Upn == Agreement.Different));
        }

        return new ChildMatches(
            [.. found.Select(one => one.Case).OrderBy(id => id.Value, StringComparer.Ordinal)],
            found.Exists(one => one.With.IsDoubtful || !(one.With.SharesNumber || one.With.IsSamePerson)));
    }
}
