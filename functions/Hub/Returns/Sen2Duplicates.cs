using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.Returns;

/// <summary>Finds people who are, or may be, in a return twice, so that an officer can decide.</summary>
internal static class Sen2Duplicates
{
    internal static IEnumerable<Sen2Finding> Check(IReadOnlyList<Sen2Item> persons)
    {
        foreach (var number in new[] { "UPN", "UniqueLearnerNumber" })
        {
            foreach (var group in persons.Where(p => p[number] is not null).GroupBy(p => p[number]!, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()))
            {
                foreach (var again in group.Skip(1))
                {
                    yield return new(again.Place, number, "number-given-twice", Sen2Severity.Error, $"{group.First().Place} has the same number.");
                }
            }
        }

        // Only people with the same date of birth are compared: comparing every pair of people would take hours for a large council.
        foreach (var day in persons.Where(p => p["PersonBirthDate"] is not null).GroupBy(p => p["PersonBirthDate"]))
        {
            var same = day.Select(person => (Person: person, Child: ChildOf(person))).Where(one => one.Child is not null).ToList();
            for (var n = 1; n < same.Count; n++)
            {
                for (var before = 0; before < n; before++)
                {
                    if (Likeness(same[before].Child!, same[n].Child!) is var (code, severity, words))
                    {
                        yield return new(same[n].Person.Place, null, code, severity, $"{same[before].Person.Place} {words}");
                    }
                }
            }
        }
    }

    private static (string Code, Sen2Severity Severity, string Words)? Likeness(Child one, Child other) =>
        NameComparison.IsSame(one, other) ? ("person-given-twice", Sen2Severity.Error, "has the same name and date of birth.")
        : NameComparison.IsSameFamily(one, other) ? ("near-match", Sen2Severity.Doubt, "has the same family name and date of birth, so this may be a twin or the same person.")
        : null;

    /// <summary>Converts a person in a return into a child, or returns null if the name or date of birth is missing.</summary>
    internal static Child? ChildOf(Sen2Item person) => person["Forename"] is { } given && person["Surname"] is { } family && person.Date("PersonBirthDate") is { } born
        ? new Child
        {
            GivenName = given,
            FamilyName = family,
            DateOfBirth = born,
            Upn = Contracts.Identifiers.Upn.TryParse(person["UPN"], out var upn, out _) ? upn : null,
            Postcode = person["PostCode"],
        }
        : null;
}
