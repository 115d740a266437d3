using System.Collections.Frozen;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Hints for members that many steps have, used if the step's own record gives no hint.</summary>
internal static class FieldWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["reason"] = "The reason, which is recorded with your id.",
        ["reasons"] = "The reason, which is recorded with your id.",
        ["on"] = "The day on which the event happened.",
        ["until"] = "The last day of the period.",
        ["endedOn"] = "The last day on which the exception applied.",
        ["movedOn"] = "The day on which the family moved.",
        ["becameAwareOn"] = "The day on which the council found out about the move.",
        ["requestId"] = "The request concerned.",
        ["adviceId"] = "The advice concerned.",
        ["effectId"] = "The failed action concerned.",
        ["exceptionId"] = "The exception concerned.",
        ["existingId"] = "The existing advice concerned.",
        ["attentionId"] = "The matter concerned.",
        ["wishId"] = "A reference within the case. The hub suggests a reference.",
        ["linkId"] = "The link concerned.",
        ["id"] = "A reference that is not used elsewhere in this list, such as n1, by which other lines refer to this line.",
        ["text"] = "The text of the line.",
        ["area"] = "The section of the plan to which the line belongs.",
        ["needs"] = "References of the needs that the line meets, such as n1.",
        ["kind"] = "The kind of advice.",
        ["agency"] = "The organisation’s number in its register, and its name.",
        ["institution"] = "The organisation’s number in its register, and its name.",
        ["setting"] = "The place that the child attends.",
        ["settingKind"] = "What kind of place the child attends.",
        ["icb"] = "The integrated care board responsible for the child.",
        ["child"] = "This is what is recorded. Change anything that is wrong or out of date.",
        ["family"] = "This is what is recorded. Change anything that is wrong or out of date.",
        ["capacity"] = "Fill this in only if the capacity of a young person was assessed.",
        ["officer"] = "The id under which the officer signs in.",
        ["keyWorker"] = "The family's single contact.",
        ["organisation"] = "The organisation for which the key worker works.",
        ["council"] = "The three-digit code of the new council.",
        ["signedBy"] = "Name and position of the person who signs.",
        ["party"] = "The party whose agreement is recorded.",
        ["agrees"] = "All three parties must agree before existing advice is relied on.",
        ["agreed"] = "Whether agreement was given.",
        ["agreedBy"] = "Name and position of the person who answered.",
        ["ask"] = "Whether the council asks this adviser for advice.",
        ["canMeetNeeds"] = "What the institution answered.",
        ["resolution"] = "What was done about the matter.",
        ["form"] = "How the budget is paid.",
        ["annualAmountPounds"] = "The amount in pounds, without the pound sign.",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The hint for a member; empty if there is none.</summary>
    internal static string Of(string member) => Words.GetValueOrDefault(member, "");
}
