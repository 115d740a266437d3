using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>
/// Finds children who are, or may be, in the table of assessments twice. Neither row is used, because only an officer can say which of them
/// is right. Children are compared as with the cases of the hub.
/// </summary>
internal static class ChildrenGivenTwice
{
    internal static IEnumerable<Sen2Finding> Check(IReadOnlyList<UnderWayRow> rows)
    {
        for (var n = 1; n < rows.Count; n++)
        {
            for (var before = 0; before < n; before++)
            {
                if (Likeness(rows[before], rows[n]) is var (code, words))
                {
                    yield return ContactRow.Error(rows[before].Place, null, code, $"{rows[n].Place} {words}");
                    yield return ContactRow.Error(rows[n].Place, null, code, $"{rows[before].Place} {words}");
                }
            }
        }
    }

    private static (string Code, string Words)? Likeness(UnderWayRow one, UnderWayRow other)
    {
        if (one.Uln is { } uln && uln == other.Uln)
        {
            return ("number-given-twice", "has the same ULN. Correct the wrong row, or remove the row that is not needed.");
        }

        // A number belongs to one child, so no decision can make it right in both rows.
        return !one.HasChild || !other.HasChild ? null : EarlierCases.LikenessOf(one.Facts.Child, other.Facts.Child) switch
        {
            null => null,
            SameChildReason.SameNhsNumber or SameChildReason.SameUpn => ("number-given-twice", "has the same NHS number or UPN. Correct the wrong row, or remove the row that is not needed."),
            _ when other.Facts.EarlierCase is { Answer: EarlierCaseAnswer.AnotherChild } => null,
            SameChildReason.SameNameAndBirthday => (
                "child-given-twice", "has the same name and date of birth. Remove one of the rows, or, if they are different children, write anotherChild in earliercase of the later row, and the reason in earliercasereason."),
            _ => (
                "near-match", "has the same family name and date of birth, perhaps a twin. If they are different children, write anotherChild in earliercase of the later row, and the reason in earliercasereason."),
        };
    }
}
