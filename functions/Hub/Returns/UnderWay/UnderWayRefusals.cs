using System.Text.RegularExpressions;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>
/// Reports a refusal of the steps that open a case in terms of the tables: which row, and which column. The rules themselves are those of the
/// steps. No words contain a day, which could be the child's date of birth.
/// </summary>
internal static partial class UnderWayRefusals
{
    // The names of texts with which refusals begin. A name that begins with another name comes first.
    private static readonly (string Name, string Column)[] Texts =
    [
        ("The child's given name", "forename"), ("The child's family name", "surname"), ("The family contact's name", "name"), ("The ICB's name", "icbname"),
        ("The reason for the decision on the earlier case", "earliercasereason"), ("The source of the facts", "assessment"), ("What the family said", "familysaid"), ("The reasons", "reasons"),
        ("The adviser's name", "agencyname"), ("The name", "person"), ("The profession", "profession"), ("The reason", "restrictionreason"), ("The officer", "caseofficer"),
    ];

    /// <summary>A refusal by one of the steps of a row.</summary>
    /// <param name="row">The assessment.</param>
    /// <param name="refused">The step that was refused.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="check">Why a case cannot be opened with this step; null if it can.</param>
    internal static Sen2Finding Of(AssessmentUnderWay row, AssessmentInput refused, Refusal refusal, Func<TakeOverAssessment, Refusal?> check) => new(
        refused is TakeOverAssessment ? PlaceOf(row, refusal, check) : row.Place, ColumnOf(refusal), refusal.Code, Sen2Severity.Error,
        refusal.Code.StartsWith("day-", StringComparison.Ordinal) ? ShownDay().Replace(refusal.Reason, "") : refusal.Reason);

    /// <summary>The child of a row may already have a case, which only an officer can decide.</summary>
    /// <param name="row">The assessment.</param>
    /// <param name="cases">The cases that the officer may see, each with the reason why it may be about the same child.</param>
    /// <param name="hasOthers">Whether there are cases that the officer may not see.</param>
    internal static Sen2Finding OfEarlierCases(AssessmentUnderWay row, string cases, bool hasOthers) => ContactRow.Error(
        row.Place, "earliercase", "earlier-case",
        $"The child may already have a case{(cases.Length == 0 ? "" : $": {cases}")}. {(hasOthers ? "There is a case that you are not allowed to see; ask the operators of the hub to check. " : "")}"
        + "If it is another child, write anotherChild in earliercase. If it is the same child, who needs a further case, write sameChild in earliercase and the earlier case in earliercaseid. Write the reason in earliercasereason.");

    /// <summary>The row of the first request without which the step would not be refused for this reason; otherwise the row of the
    /// assessment.</summary>
    private static string PlaceOf(AssessmentUnderWay row, Refusal refusal, Func<TakeOverAssessment, Refusal?> check)
    {
        for (var count = 0; count < row.RequestPlaces.Count; count++)
        {
            if (check(row.Step with { Requests = [.. row.Step.Requests!.Take(count)] }) == refusal)
            {
                return count == 0 ? row.Place : row.RequestPlaces[count - 1];
            }
        }

        return row.RequestPlaces.Count == 0 ? row.Place : row.RequestPlaces[^1];
    }

    private static string? ColumnOf(Refusal refusal) => refusal.Code switch
    {
        "text-missing" or "text-too-long" => Array.Find(Texts, text => refusal.Reason.StartsWith(text.Name, StringComparison.Ordinal)).Column,
        "before-the-law" => "receivedon",
        "age-out-of-range" => "birthdate",
        "setting-unclear" => "setting",
        "right-passed-on" or "not-a-young-person" => "route",
        "day-missing" => "consultedon",
        "not-decided" => "decidedon",
        "already-asked" => "kind",
        "adviser-unclear" or "no-address" => "agency",
        "mail-not-usable" => "mail",
        "registration-not-usable" or "registration-missing" => "registration",
        "officers-missing" or "id-not-usable" or "named-twice" => "restrictedto",
        "restricted" => "caseofficer",
        _ => TakeOverAssessment.Definition.Dates.FirstOrDefault(date => refusal.Reason.StartsWith(date.Name, StringComparison.Ordinal))?.Member.Split('.')[^1] switch
        {
            null => null,
            "DateOfBirth" => "birthdate",
            "AssessedOn" => "capacityassessedon",
            { } member => member.ToLowerInvariant(),
        },
    };

    [GeneratedRegex(@" \([0-9]{1,2} \p{L}+ [0-9]{4}\)")]
    private static partial Regex ShownDay();
}
