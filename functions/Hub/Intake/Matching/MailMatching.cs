using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>
/// Finds the cases of a council to which a message may belong. This class only makes suggestions, with reasons: the worst error would be to
/// file a message about one child in the case of another, and a name does not prove which child is meant.
/// </summary>
public sealed class MailMatching(KnownChildren children)
{
    private const int Most = 10;

    /// <summary>Finds the children and cases to which a text refers.</summary>
    /// <param name="text">The text of the message.</param>
    /// <param name="council">The council whose cases can be suggested.</param>
    /// <param name="reader">The officer who will see the suggestions. Cases that this officer is not allowed to see are omitted, as if they
    /// did not exist.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async ValueTask<MailMatches> FindAsync(string text, LocalAuthorityCode council, string reader, CancellationToken cancellationToken)
    {
        var (identifiers, days) = (MailIdentifiers.In(text), MailIdentifiers.DaysIn(text));
        var words = SearchWords.Of(SearchWords.Folded(text));
        var line = $" {string.Join(' ', words)} ";

        // This call also brings the index of children up to date, except for children who are found by their numbers, who are looked up
        // below.
        var named = (await children.GivenAsync(SearchWords.Runs(text).ToHashSet(StringComparer.OrdinalIgnoreCase), council, cancellationToken)).Where(one => one.IsOpenTo(reader)).ToList();
        foreach (var one in identifiers.Where(one => one.Kind == IdentifierKind.Case))
        {
            await (AssessmentId.TryParse(one.Value, out var id, out _) && id.Council == council ? children.ReadAsync(id, 1, cancellationToken) : default);
        }

        await children.LookUpAsync(identifiers.Where(one => one.Kind != IdentifierKind.Case).Select(KeyOf), cancellationToken);
        await children.LookUpAsync(identifiers.SelectMany(one => With(one, council)).SelectMany(one => ChildKeys.OfPersonKept(one.Child, null)), cancellationToken);
        var (grounds, owners) = (new Dictionary<AssessmentId, SortedSet<SuggestionReason>>(), new Dictionary<FoundIdentifier, IReadOnlySet<AssessmentId>>());
        foreach (var found in identifiers)
        {
            var known = With(found, council).Where(one => one.IsOpenTo(reader)).ToList();
            if (known.Count > 0)
            {
                owners[found] = known.SelectMany(one => CasesOf(one, council)).ToHashSet();
            }

            foreach (var one in known)
            {
                Add(one.Case, found.Kind switch { IdentifierKind.Case => SuggestionReason.CaseNumber, IdentifierKind.NhsNumber => SuggestionReason.NhsNumber, _ => SuggestionReason.Upn });
            }
        }

        var namesakes = named.Where(one => IsNamed(line, one)).ToList();
        foreach (var one in namesakes)
        {
            Add(one.Case, days.Contains(one.Child.DateOfBirth) ? SuggestionReason.NameAndBirth : SuggestionReason.NameAlone);
        }

        foreach (var one in named.Except(namesakes).Where(one => days.Contains(one.Child.DateOfBirth) && SearchWords.Runs(one.Child.GivenName).Any()))
        {
            Add(one.Case, SuggestionReason.GivenNameAndBirth);
        }

        var persons = namesakes.GroupBy(one => (NameComparison.Packed(one.Child.GivenName), NameComparison.Packed(one.Child.FamilyName)))
            .SelectMany(group => group.Select(one => (one.Case, Count: group.Select(each => (each.Child.DateOfBirth, each.Child.NhsNumber)).Distinct().Count())))
            .ToDictionary(one => one.Case, one => one.Count);
        return new MailMatches(
            identifiers,
            [.. grounds.Select(one => new MailSuggestion(one.Key, [.. one.Value], persons.GetValueOrDefault(one.Key)))
                .OrderBy(one => one.Grounds[0]).ThenByDescending(one => one.Grounds.Count).ThenBy(one => one.Case.Value, StringComparer.Ordinal).Take(Most)],
            owners);

        void Add(AssessmentId one, SuggestionReason ground)
        {
            if (!grounds.TryGetValue(one, out var before))
            {
                grounds[one] = before = [];
            }

            before.Add(ground);
        }
    }

    /// <summary>All cases of a child, found by the child's numbers, because a name is not enough to identify the child.</summary>
    private IEnumerable<AssessmentId> CasesOf(KnownChild one, LocalAuthorityCode council) => new[] { one }
        .Concat(one.Child.NhsNumber is { } number ? With(new FoundIdentifier(IdentifierKind.NhsNumber, number.Value), council) : [])
        .Concat(one.Child.Upn is { } upn ? With(new FoundIdentifier(IdentifierKind.Upn, upn.Value), council) : [])
        .Select(known => known.Case);

    private IEnumerable<KnownChild> With(FoundIdentifier found, LocalAuthorityCode council) => (found.Kind switch
    {
        IdentifierKind.Case => AssessmentId.TryParse(found.Value, out var id, out _) && children.KnownCase(id) is { } known ? [known] : [],
        IdentifierKind.NhsNumber => children.KnownWith([KeyOf(found)]).Where(one => one.Child.NhsNumber?.Value == found.Value),
        _ => children.KnownWith([KeyOf(found)]).Where(one => one.Child.Upn?.Value == found.Value),
    }).Where(one => one.IsOf(council));

    private static ulong KeyOf(FoundIdentifier found) => found.Kind == IdentifierKind.NhsNumber ? ChildKeys.OfNhsNumber(found.Value) : ChildKeys.OfUpn(found.Value);

    /// <summary>Whether the given name and the family name are next to each other in the text, in either order. The two names can have
    /// further given names between them.</summary>
    private static bool IsNamed(string line, KnownChild one)
    {
        var (given, family) = (SearchWords.Of(SearchWords.Folded(one.Child.GivenName)), string.Join(' ', SearchWords.Of(SearchWords.Folded(one.Child.FamilyName))));
        return given.Length > 0 && family.Length > 0
            && (Has($"{given[0]} {family}") || Has($"{family} {given[0]}") || Has($"{string.Join(' ', given)} {family}"));

        bool Has(string phrase) => line.Contains($" {phrase} ", StringComparison.Ordinal);
    }
}
