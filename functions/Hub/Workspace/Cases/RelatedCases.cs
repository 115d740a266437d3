using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Another case of the council that an officer may want to know about.</summary>
/// <param name="File">The case.</param>
/// <param name="Why">Why the case is shown.</param>
public sealed record RelatedCase(CaseFile File, string Why);

/// <summary>
/// Other cases of the same council that are, or may be, about the same child or a brother or sister. The list only points out these cases;
/// an officer decides whether they are about the same child or family. If a case is shown, this is recorded in that case's access log; a
/// restricted case is shown only to the officers named in the case.
/// </summary>
public sealed class RelatedCases(KnownChildren children, CaseReader reader)
{
    private const int Max = 20;

    /// <summary>The cases that are related to the given case.</summary>
    public async ValueTask<IReadOnlyList<RelatedCase>> OfAsync(Officer officer, CaseFile file, CancellationToken cancellationToken)
    {
        var (own, child) = (file.State.Id, file.State.Facts!.Child);
        var named = file.State.Facts.EarlierCase is { Answer: EarlierCaseAnswer.SameChild, Case: { } earlier } && earlier != own ? earlier : (AssessmentId?)null;
        var found = (await children.LikeAsync(child, officer.Council, open: null, cancellationToken))
            .Where(known => known.Case != own && known.Case != named && known.IsOpenTo(officer.Subject))
            .Select(known => (known.Case, Why: WhyOf(child, known.Child)))
            .Concat(named is { } same ? [(same, "An earlier case of the same child")] : [])
            .Where(one => one.Why is not null).OrderBy(one => one.Case.Value, StringComparer.Ordinal).Take(Max).ToList();
        var files = await reader.OpenAsync(officer, found.Select(one => one.Case), "shown as a related case", cancellationToken);
        return [.. files.Select(other => new RelatedCase(other, found.First(one => one.Case == other.State.Id).Why!))];
    }

    private static string? WhyOf(Child child, Child other)
    {
        // Comparing names is slow, so the cases of children who have nothing in common with this child (nearly all cases) are ruled out
        // first.
        var sharesNumber = (child.NhsNumber is { } number && number == other.NhsNumber) || (child.Upn is { } upn && upn == other.Upn);
        if (!sharesNumber && !NameComparison.IsSameFamily(child, other))
        {
            return null;
        }

        var with = ChildComparison.Of(child, other);
        return with.SharesNumber ? "The same NHS number or UPN"
            : with.IsNamesake ? "The same name and date of birth"
            : with.Postcode == Agreement.Same || with is { DateOfBirth: Agreement.Same, Postcode: not Agreement.Different } ? "Perhaps a brother or sister, because the family name and the address or date of birth are the same"
            : null;
    }
}
