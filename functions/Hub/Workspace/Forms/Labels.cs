using System.Collections.Frozen;
using System.Text;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>The labels of a step's members on a form.</summary>
internal static class Labels
{
    // Labels for members whose name in the contract, split into words, would not be the usual English term.
    private static readonly FrozenDictionary<string, string> Own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "Reference",
        ["on"] = "Day",
        ["from"] = "First day",
        ["to"] = "Last day",
        ["for"] = "What the date is for",
        ["day"] = "Day that was set",
        ["until"] = "Last day",
        ["icb"] = "Integrated care board (ICB)",
        ["nhsNumber"] = "NHS number",
        ["nhsNumberStatus"] = "Status of the NHS number with the tracing service",
        ["upn"] = "Unique pupil number (UPN)",
        ["mobile"] = "Mobile telephone",
        ["email"] = "E-mail",
        ["who"] = "Who provides the support",
        ["which"] = "Reference of the record",
        ["record"] = "Record that was wrong",
        ["number"] = "Which record, if there are several on one day",
        ["ask"] = "Is the adviser asked for advice?",
        ["assess"] = "Will the council assess?",
        ["issue"] = "Will a plan be issued?",
        ["amend"] = "Will the plan be amended?",
        ["agrees"] = "Does this party agree?",
        ["agreed"] = "Agreed?",
        ["remove"] = "Is the line to be removed from the plan?",
        ["canMeetNeeds"] = "Can the institution meet the needs?",
        ["preparesForAdulthood"] = "Does the provision prepare the young person for adulthood?",
        ["parentServesInArmedForces"] = "Does a parent serve in the armed forces?",
        ["lacksCapacity"] = "Does the young person lack capacity?",
        ["cease"] = "Will the plan cease?",
        ["willAssess"] = "Will the council assess?",
        ["another"] = "Is this a second appeal that ended in this way on the same day?",
        ["clear"] = "Was the record wrong?",
        ["stands"] = "Is the decision confirmed?",
        ["died"] = "Did the child or young person die?",
        ["delivered"] = "Was the provision delivered as the plan says?",
        ["consentWithdrawn"] = "Has consent been withdrawn?",
        ["nominee"] = "Is this person a nominee?",
        ["excluded"] = "Does the Schedule exclude this person from direct payments?",
        ["headAgrees"] = "Does the head of the school or college agree?",
        ["personalBudget"] = "Is there a personal budget?",
        ["organisedArrangement"] = "Does the council or a school manage the budget?",
        ["parentalResponsibility"] = "Does this person have parental responsibility?",
        ["addressIsSecret"] = "Must the address be kept secret?",
        ["senUnit"] = "Is the place in a SEN unit?",
        ["resourcedProvision"] = "Is the place in resourced provision?",
        ["lookedAfter"] = "Is the child looked after?",
        ["inYouthAccommodation"] = "Was the young person in youth accommodation on the day of the request?",
        ["neverReviewed"] = "Is it known that the plan was never reviewed?",
        ["beforeResponse"] = "Was the Tribunal notified before the council's response?",
        ["annualAmountPounds"] = "Amount a year, in pounds",
        ["sha256"] = "SHA-256",
        ["requestId"] = "Request for advice",
        ["adviceId"] = "Advice",
        ["noticeId"] = "Notice",
        ["effectId"] = "Failed action",
        ["exceptionId"] = "Exception",
        ["attentionId"] = "Matter for an officer",
        ["lineId"] = "Line of the plan",
        ["existingId"] = "Existing advice",
        ["wishId"] = "The family's wish",
        ["editId"] = "Reference of this change",
        ["linkId"] = "Reference of the link",
        ["noteId"] = "Reference of the note",
        ["with"] = "With whom",
        ["documentId"] = "Reference of the document",
        ["evidenceId"] = "Reference of the evidence",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Members with the name of a date that hold the choice of a party.
    private static readonly FrozenDictionary<string, string> OfChoices = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["from"] = "From whom",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The label of a member that is shown in a given way.</summary>
    internal static string Of(string name, FieldKind kind) => kind == FieldKind.Choice && OfChoices.TryGetValue(name, out var label) ? label : Of(name);

    /// <summary>The label of a member, for example "Date of birth".</summary>
    internal static string Of(string name) => Own.GetValueOrDefault(name) ?? Apart(name);

    /// <summary>A name split into words: <c>SchoolClosed</c> becomes "School closed".</summary>
    internal static string Apart(string name)
    {
        var words = new StringBuilder();
        for (var n = 0; n < name.Length; n++)
        {
            var begins = char.IsUpper(name[n]) && n > 0 && (!char.IsUpper(name[n - 1]) || (n + 1 < name.Length && char.IsLower(name[n + 1])));
            words.Append(begins ? " " : "").Append(n == 0 ? char.ToUpperInvariant(name[n]) : begins ? char.ToLowerInvariant(name[n]) : name[n]);
        }

        return words.ToString();
    }
}
